import * as v from 'valibot';
import { InvalidOptionError } from '../errors/invalid-option-error';
import { packageNameSegment } from './primitives';

/** Names that would stand for something else: the common package, a property of every object, a device of Windows. */
const RESERVED = /^(?:common|constructor|con|prn|aux|nul|(?:com|lpt)[0-9])$/;

/**
 * Checks the name of a task, or of a group that becomes one, where it enters: it will be the name of a folder, of a package
 * and of a property.
 *
 * @param option how the caller names it
 * @throws InvalidOptionError with the characters that are allowed
 * @example
 * checkTaskName('object-hue');
 */
export function checkTaskName(name: unknown, option = 'task'): void {
  if (v.is(packageNameSegment, name) && !RESERVED.test(name)) return;
  throw new InvalidOptionError(
    {
      option,
      expected:
        'named by lower-case letters a to z, digits and single hyphens between words (object-hue), at most 100 of them, ' +
        'and none of common, constructor, con, prn, aux, nul, com0 to com9, lpt0 to lpt9',
      received: name,
    },
    { hint: 'It becomes the name of a folder and of a package.' },
  );
}
