import { describe, it } from 'vitest';
import '../index';
import { allCases } from './all-cases';
import { checkParity } from './check-parity';

describe.each(Object.entries(allCases))('on WASM as on the CPU backend: %s', (_, cases) => {
  it.each(cases)('$name', checkParity);
});
