import { InvalidOptionError } from '@factornet/spec';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { TermRequest, TrainingPass } from './objective-term';

/** @throws InvalidOptionError if the teacher has no taps */
export function requireTaps(tapShapes: TermRequest['tapShapes'], term: string): void {
  if (Object.keys(tapShapes).length > 0) return;
  throw new InvalidOptionError(
    { option: 'taps', expected: `at least one, for the term "${term}"`, received: 'none' },
    { hint: 'Give the teacher taps, or leave this term out of the objective.' },
  );
}

/** A tap whose positions are averaged, `[batch, channels]`. */
export function readTap(teacherFeatures: TrainingPass['teacherFeatures'], tap: string): Tensor2D {
  const features = teacherFeatures[tap];
  if (features === undefined) throw new Error(`no teacher features for the tap "${tap}"`);
  return features as Tensor2D;
}
