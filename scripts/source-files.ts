import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A file of TypeScript in this repository. */
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What it imports, types too, as written. */
  readonly imports: readonly string[];
  /** Whether it is there for tests only: a test, a helper or a fixture of tests, a conformance suite. */
  readonly isForTests: boolean;
}

let files: readonly SourceFile[] | undefined;

/** All sources, read once for all the rules that look at them. */
export function sourceFiles(): readonly SourceFile[] {
  files ??= ['packages', 'examples', 'benchmarks', 'scripts'].flatMap(pathsIn).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    // The compiler's own scanner: a model card that is generated from a template shows imports, too.
    const { importedFiles } = typescript.preProcessFile(text);
    return {
      path,
      text,
      imports: importedFiles.map(({ fileName }) => fileName),
      isForTests: forTests.test(path),
    };
  });
  return files;
}

const forTests =
  /\.test(-d)?\.ts$|\/(testing|conformance|parity|published)[/.]|(fixtures?|errors\/samples)\.ts$/;

function pathsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist|out)$/.test(entry.name) ? [] : pathsIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** The path of a file that another one imports by a path. */
export function importedPath(from: string, imported: string): string | undefined {
  if (!imported.startsWith('.')) return undefined;
  const path = join(dirname(from), imported).replaceAll('\\', '/');
  return [`${path}.ts`, `${path}/index.ts`, path].find(
    (candidate) => candidate.endsWith('.ts') && existsSync(join(root, candidate)),
  );
}
