import { InvalidArgumentError } from 'commander';

/** An integer of at least `least`. @throws InvalidArgumentError, which commander turns into a usage error */
export function integer(least = Number.MIN_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(
      least === Number.MIN_SAFE_INTEGER
        ? 'Expected an integer.'
        : `Expected an integer of at least ${least}.`,
    );
  };
}

/** A finite number above (or from) 0. */
export function positive({ zero = false } = {}): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && (zero ? value >= 0 : value > 0)) return value;
    throw new InvalidArgumentError(`Expected a number ${zero ? 'of at least' : 'above'} 0.`);
  };
}

/** A number between 0 and 1, both excluded. */
export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < 1) return value;
  throw new InvalidArgumentError('Expected a number between 0 and 1.');
}

/** `16,32,64`. */
export function integerList(text: string): number[] {
  return text.split(',').map(integer(1));
}

/** `block-1,block-2`, or `none`. */
export function mapNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return text.trim() === 'none' ? [] : names;
  throw new InvalidArgumentError('Expected names such as block-1,block-2, or none.');
}

/** `vehicles=airplane,ship`, repeatable: one entry per use. */
export function group(
  text: string,
  earlier: Readonly<Record<string, string[]>> = {},
): Record<string, string[]> {
  const [, name, classes] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || classes === undefined) {
    throw new InvalidArgumentError('Expected NAME=CLASS,CLASS,… such as vehicles=airplane,ship.');
  }
  if (Object.hasOwn(earlier, name)) throw new InvalidArgumentError(`The group "${name}" is given twice.`);
  return { ...earlier, [name]: classes.split(',').map((each) => each.trim()) };
}
