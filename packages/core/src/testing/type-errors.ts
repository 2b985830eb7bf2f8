import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const compiler = join(root, 'node_modules/typescript-native/bin/tsc');

/**
 * What the compiler says to files of a folder outside the workspace that import ours: per file `line: message`, the
 * message's later lines joined to it.
 */
export async function typeErrors(
  folder: string,
  files: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, string[]>> {
  const compilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    target: 'ES2022',
    lib: ['ES2023', 'DOM'],
    module: 'ESNext',
    moduleResolution: 'Bundler',
    customConditions: ['@factornet/source'],
    types: [],
    paths: {
      '@factornet/*': [`${root}packages/*/src/index.ts`],
      '@tensorflow/tfjs': [`${root}node_modules/@tensorflow/tfjs`],
    },
    ...options,
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const args = [compiler, '--project', folder, '--pretty', 'false', '--singleThreaded'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  const errors = Object.fromEntries(files.map((file): [string, string[]] => [file, []]));
  for (const text of stdout.trim().split(/\n(?! )/)) {
    const [, file, line, message] = /^(.+)\((\d+),\d+\): error TS\d+: (.*)/s.exec(text) ?? [];
    if (file === undefined) throw new Error(`The compiler could not begin:\n${stdout}`);
    errors[file]?.push(`${line}: ${message?.replaceAll(/\s+/g, ' ')}`);
  }
  return errors;
}
