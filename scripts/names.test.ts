import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { sourceFiles } from './source-files';

it('lets only suites be called describe…', () => {
  const others = sourceFiles().filter(({ path, text }) => {
    const isCalledSo =
      basename(path).startsWith('describe-') || /\b(function|const|let) describe([A-Z]\w*)?\b/.test(text);
    return isCalledSo && !text.includes("from 'vitest'");
  });
  expect(sourceFiles().length).toBeGreaterThan(1000);
  expect(others.map(({ path }) => path)).toEqual([]);
});
