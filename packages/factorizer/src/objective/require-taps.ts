import { InvalidOptionError } from '@factornet/spec';

/** @throws InvalidOptionError if the teacher has no taps */
export function requireTaps(tapFeatures: Readonly<Record<string, number>>, term: string): void {
  if (Object.keys(tapFeatures).length > 0) return;
  throw new InvalidOptionError(
    { option: 'taps', expected: `at least one, for the term "${term}"`, received: 'none' },
    { hint: 'Give the teacher taps, or leave this term out of the objective.' },
  );
}
