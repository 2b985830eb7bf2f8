import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Paths of all sources below a folder. */
function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(node_modules|dist)$/.test(entry.name) ? [] : sourcesOf(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

it('lets only suites be called describe…', () => {
  const sources = ['packages', 'examples', 'benchmarks', 'scripts'].flatMap(sourcesOf);
  const others = sources.filter((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const isCalledSo =
      basename(path).startsWith('describe-') || /\b(function|const|let) describe([A-Z]\w*)?\b/.test(text);
    return isCalledSo && !text.includes("from 'vitest'");
  });
  expect(sources.length).toBeGreaterThan(1000);
  expect(others).toEqual([]);
});
