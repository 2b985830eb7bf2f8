import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import typescript from 'typescript';
import { describe, expect, it } from 'vitest';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));

/** What each room may import, as ARCHITECTURE.md says; nothing points back. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  spec: [],
  'backend-wasm': ['spec'],
  core: ['spec', 'backend-wasm'],
  mi: ['spec', 'core'],
  metrics: ['spec', 'core'],
  zoo: ['spec', 'core'],
  data: ['spec', 'core'],
  factorizer: ['spec', 'core', 'mi', 'metrics', 'zoo', 'data', 'backend-wasm'],
  packer: ['spec', 'core'],
  assembler: ['spec', 'core'],
  verifier: ['spec', 'core', 'packer', 'assembler'],
  registry: ['spec', 'core', 'assembler', 'verifier'],
  cli: [
    'spec',
    'core',
    'mi',
    'metrics',
    'zoo',
    'data',
    'factorizer',
    'packer',
    'assembler',
    'verifier',
    'registry',
    'backend-wasm',
  ],
};

/** What each file of the published sources of a room imports; tests and test helpers may look further. */
function importsOf(room: string): { file: string; names: string[] }[] {
  const source = join(packages, room, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$|(^|[\\/])testing([\\/]|\.ts)/.test(file),
  );
  return files.map((file) => {
    // The compiler's own scanner: a model card that is generated from a template shows imports, too.
    const { importedFiles } = typescript.preProcessFile(readFileSync(join(source, file), 'utf8'));
    return { file: join(room, 'src', file), names: importedFiles.map(({ fileName }) => fileName) };
  });
}

function importedRooms(room: string): Set<string> {
  const names = importsOf(room).flatMap((each) => each.names);
  const imported = new Set(names.flatMap((name) => /^@factornet\/([a-z-]+)/.exec(name)?.[1] ?? []));
  imported.delete(room);
  return imported;
}

describe('rooms', () => {
  it('are all listed', () => {
    expect(Object.keys(rooms).sort()).toEqual(readdirSync(packages).sort());
  });

  it.each(Object.entries(rooms))('%s imports only what it may', (room, allowed) => {
    expect([...importedRooms(room)].filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('start other programs in one place: npm has one owner', () => {
    const starting = Object.keys(rooms)
      .flatMap(importsOf)
      .filter(({ names }) => names.some((name) => /child_process$|^nano-spawn$/.test(name)));
    // The other one runs test suites in Node.
    expect(starting.map(({ file }) => file)).toEqual([
      join('backend-wasm', 'src', 'published', 'run-published-suites.ts'),
      join('registry', 'src', 'npm', 'run-manager.ts'),
    ]);
  });
});
