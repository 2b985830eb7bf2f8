import { expect, it } from 'vitest';
import { importedPath, sourceFiles } from './source-files';

/** The first files found that import one another in a circle, types too; the last one imports the first. */
function findCircle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): readonly string[] | undefined => {
    if (above.includes(path)) return above.slice(above.indexOf(path));
    if (done.has(path)) return undefined;
    for (const next of imports.get(path) ?? []) {
      const circle = visit(next, [...above, path]);
      if (circle !== undefined) return circle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of imports.keys()) {
    const circle = visit(path, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

it('has no files that import one another in a circle', () => {
  const imports = new Map(
    sourceFiles().map(({ path, imports }) => [
      path,
      imports.flatMap((name) => importedPath(path, name) ?? []),
    ]),
  );
  expect([...imports.values()].flat().length).toBeGreaterThan(2000);
  expect(findCircle(imports)).toBeUndefined();
});

it('would find a circle', () => {
  const imports = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', []],
    ['d', ['b']],
  ]);
  expect(findCircle(imports)).toEqual(['b', 'd']);
});

it('has no source above 200 lines, tests and what is generated aside', () => {
  const long = sourceFiles().filter(
    ({ path, text, isForTests }) =>
      !isForTests && !path.endsWith('kernel-bytes.ts') && text.split('\n').length > 201,
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});
