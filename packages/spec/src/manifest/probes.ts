import * as v from 'valibot';
import { LIMITS } from '../limits';
import type { Immutable } from './immutable';
import { inputSchema } from './input';
import { boundedInteger, fileEnding, positiveNumber } from './primitives';

const tolerance = v.pipe(positiveNumber, v.maxValue(1));

/**
 * How far from the golden values another backend may come: `max |received − expected| ≤ tolerance · max(1, max |expected|)`.
 */
export const probeToleranceSchema = v.object({
  cpu: tolerance,
  wasm: tolerance,
  webgpu: tolerance,
  tensorflow: tolerance,
  /** Any other backend, e.g. `webgl`. */
  other: tolerance,
});
export type ProbeTolerance = Immutable<v.InferOutput<typeof probeToleranceSchema>>;

const probeEntries = {
  file: fileEnding('bin', LIMITS.probesBytes),
  /** Pictures in the file. */
  count: boundedInteger(LIMITS.probes),
  tolerance: probeToleranceSchema,
};

/**
 * Golden probes of a common-knowledge network: a few pictures and what is expected of it. The file holds, without padding:
 * per picture z and every map, value by value, as little-endian float32, then pictures `[count, height, width, channels]`
 * as bytes, value · 255.
 */
export const commonProbesSchema = v.object(probeEntries);
export type CommonProbes = Immutable<v.InferOutput<typeof commonProbesSchema>>;

/**
 * Golden probes of a factor: pictures, what is expected of the common-knowledge network, and the logits that follow. The file
 * holds, without padding: per picture z and every map that the factor reads, in its order, and then logits
 * `[count, classes]`, as little-endian float32, then pictures `[count, height, width, channels]` as bytes, value · 255.
 */
export const factorProbesSchema = v.object({
  ...probeEntries,
  /** Of the common-knowledge network; here, so that a factor can be checked without one. */
  input: inputSchema,
  /** Length of the common features. */
  features: boundedInteger(LIMITS.axis),
});
export type FactorProbes = Immutable<v.InferOutput<typeof factorProbesSchema>>;
