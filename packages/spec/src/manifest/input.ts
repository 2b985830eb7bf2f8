import * as v from 'valibot';
import type { Immutable } from './immutable';
import { finiteNumber, pictureShape, positiveNumber } from './primitives';

/**
 * What a network is fed: pictures `[height, width, channels]` with values in [0, 1], from which each
 * channel's `mean` is subtracted and then divided by its `standardDeviation`.
 */
export const inputSchema = v.pipe(
  v.object({
    shape: pictureShape,
    layout: v.literal('NHWC'),
    normalization: v.object({
      mean: v.array(finiteNumber),
      standardDeviation: v.array(positiveNumber),
    }),
  }),
  v.check(
    ({ shape, normalization }) =>
      normalization.mean.length === shape[2] && normalization.standardDeviation.length === shape[2],
    'normalization needs one mean and one standard deviation per channel',
  ),
);
export type InputDescription = Immutable<v.InferOutput<typeof inputSchema>>;
