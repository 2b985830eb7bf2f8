import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import type { Tensor2D } from '@tensorflow/tfjs';

/**
 * The batch size of critic scores.
 *
 * @throws ShapeMismatchError unless the scores are square
 * @throws InvalidOptionError for a single pair: without a second one there is nothing to contrast it with
 */
export function checkScores({ shape }: Tensor2D): number {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows !== columns) {
    throw new ShapeMismatchError({ what: 'scores', expected: [rows, rows], received: shape });
  }
  if (rows < 2) {
    throw new InvalidOptionError(
      { option: 'batch size', expected: 'at least 2', received: rows },
      {
        hint: 'A critic bound contrasts each pair with the other pairs of its batch; drop the last, smaller batch.',
      },
    );
  }
  return rows;
}
