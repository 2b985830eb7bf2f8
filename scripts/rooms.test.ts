import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files';

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
  pipeline: ['spec', 'core', 'metrics', 'data', 'factorizer', 'packer', 'assembler', 'registry'],
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
    'pipeline',
    'backend-wasm',
  ],
};

/** The published sources of a room; tests and test helpers may look further. */
function sourcesOf(room: string): SourceFile[] {
  return sourceFiles().filter(
    ({ path }) => path.startsWith(`packages/${room}/src/`) && !/\.test(-d)?\.ts$|\/testing[/.]/.test(path),
  );
}

function importedRooms(room: string): Set<string> {
  const names = sourcesOf(room).flatMap(({ imports }) => imports);
  const imported = new Set(names.flatMap((name) => /^@factornet\/([a-z-]+)/.exec(name)?.[1] ?? []));
  imported.delete(room);
  return imported;
}

describe('rooms', () => {
  it('are all listed', () => {
    expect(Object.keys(rooms).sort()).toEqual(readdirSync(new URL('../packages/', import.meta.url)).sort());
  });

  it.each(Object.entries(rooms))('%s imports only what it may', (room, allowed) => {
    expect([...importedRooms(room)].filter((name) => !allowed.includes(name))).toEqual([]);
  });

  it('start other programs in one place: npm has one owner', () => {
    const starting = Object.keys(rooms)
      .flatMap(sourcesOf)
      .filter(({ imports }) => imports.some((name) => /child_process$|^nano-spawn$/.test(name)));
    // The other one runs test suites in Node.
    expect(starting.map(({ path }) => path)).toEqual([
      'packages/backend-wasm/src/published/run-published-suites.ts',
      'packages/registry/src/npm/run-manager.ts',
    ]);
  });
});
