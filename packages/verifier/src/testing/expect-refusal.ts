import { FactornetError } from '@factornet/spec';
import { expect } from 'vitest';
import type { Refused } from './hostile/hostile-package';

/** Expects the error that a hostile package is refused by, in words that can be read. */
export function expectRefusal(error: unknown, { code, rule, message }: Refused): void {
  expect(FactornetError.isInstance(error), String(error)).toBe(true);
  expect(error).toMatchObject(rule === undefined ? { code } : { code, rule });
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message.length, 'letters to read').toBeLessThan(2000);
}
