import { InvalidOptionError } from '@factornet/spec';

/** @throws InvalidOptionError unless the option is a number from `from`, below `below` */
export function checkNumber(
  option: string,
  value: number,
  { from = 0, below = Number.POSITIVE_INFINITY }: { from?: number; below?: number } = {},
): void {
  if (value >= from && value < below) return;
  const expected =
    below === Number.POSITIVE_INFINITY ? `a number from ${from}` : `a number from ${from}, below ${below}`;
  throw new InvalidOptionError({ option, expected, received: value });
}
