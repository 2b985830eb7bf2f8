import { InvalidOptionError } from '@factornet/spec';

/** @throws InvalidOptionError unless `received` is a whole number from `least` */
export function checkCount(option: string, received: number, least: number): void {
  if (Number.isInteger(received) && received >= least) return;
  throw new InvalidOptionError({ option, expected: `a whole number from ${least}`, received });
}
