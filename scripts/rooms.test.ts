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
  registry: ['spec', 'core', 'assembler'],
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

/** Rooms that the published sources of a room import; tests and test helpers may look further. */
function importedRooms(room: string): Set<string> {
  const imported = new Set<string>();
  const source = join(packages, room, 'src');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || /\.test(-d)?\.ts$|(^|[\\/])testing([\\/]|\.ts)/.test(file)) continue;
    // The compiler's own scanner: a model card that is generated from a template shows imports, too.
    const { importedFiles } = typescript.preProcessFile(readFileSync(join(source, file), 'utf8'));
    for (const { fileName } of importedFiles) {
      const name = /^@factornet\/([a-z-]+)/.exec(fileName)?.[1];
      if (name !== undefined) imported.add(name);
    }
  }
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
});
