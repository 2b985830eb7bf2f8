import { expect, test } from 'vitest';
import { nameList } from './name-list';

test('names, each once, of one use or several', () => {
  expect(nameList('mig, dci,mig', nameList('sap'))).toEqual(['sap', 'mig', 'dci']);
  for (const text of ['', 'mig,', ',mig']) expect(() => nameList(text)).toThrow(/e\.g\. mig,dci/);
});
