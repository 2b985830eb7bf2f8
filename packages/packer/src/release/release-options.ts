import { type InputDescription, InvalidOptionError, LIMITS, type WeightDtype } from '@factornet/spec';
import type { ReleasedCommon } from './released-common';
import type { Bump } from './semver-bump';

/** Relative drift up to which factors go on working, by default. */
const TOLERANCE = 0.02;

const dtypes: readonly WeightDtype[] = ['float32', 'float16', 'uint8'];

/** How a common-knowledge network is published. */
export interface ReleaseOptions {
  /** How weights are stored. Default `float32`. */
  dtype?: WeightDtype;
  /** Relative drift of the features up to which factors go on working. Default: that of `previous`, else 0.02. */
  tolerance?: number;
  /**
   * Pictures for golden probes, `[count, height, width, channels]` as bytes, value · 255. Default: those of `previous`,
   * else 8 of `probePictures`.
   */
  probes?: Uint8Array<ArrayBuffer>;
  /** The release before, on whose golden probes this one is measured. */
  previous?: ReleasedCommon;
}

/** @throws InvalidOptionError for what is no dtype that weights can be stored in */
export function checkDtype(dtype: WeightDtype): WeightDtype {
  if (dtypes.includes(dtype)) return dtype;
  throw new InvalidOptionError({ option: 'dtype', expected: dtypes.join(', '), received: dtype });
}

/** The tolerance that the manifest will state. @throws InvalidOptionError */
export function statedTolerance({ tolerance, previous }: ReleaseOptions): number {
  const stated = tolerance ?? previous?.manifest.compatibility.tolerance ?? TOLERANCE;
  if (stated > 0 && stated <= 1) return stated;
  throw new InvalidOptionError({ option: 'tolerance', expected: 'above 0 and at most 1', received: stated });
}

/** How many probes there are. @throws InvalidOptionError unless it is a whole number of pictures, within the limits */
export function countPictures(pictures: Uint8Array, { shape }: InputDescription): number {
  const count = pictures.length / (shape[0] * shape[1] * shape[2]);
  if (Number.isInteger(count) && count >= 1 && count <= LIMITS.probes) return count;
  throw new InvalidOptionError({
    option: 'probes',
    expected: `1 to ${LIMITS.probes} pictures of ${shape.join(' × ')} bytes`,
    received: `${pictures.length} bytes`,
  });
}

/** Storing weights in fewer bits may move features within the tolerance. @throws InvalidOptionError naming both numbers */
export function refuseDrift(dtype: WeightDtype, drift: number, tolerance: number): void {
  if (drift <= tolerance) return;
  throw new InvalidOptionError(
    {
      option: 'dtype',
      expected: `one that moves the features by ${tolerance} at most, relative to their length`,
      received: `${dtype}, which moves them by ${drift.toPrecision(3)}`,
    },
    {
      hint: `Take ${dtype === 'uint8' ? 'float16' : 'float32'}, or state a larger tolerance (--tolerance) if factors can bear it.`,
    },
  );
}

/**
 * Within a major, releases are held to one promise, measured on one set of pictures.
 *
 * @throws InvalidOptionError for a tolerance or probes other than those of the release before
 */
export function refuseChanges(
  { name, version, manifest }: ReleasedCommon,
  measured: Bump,
  { tolerance, probes }: ReleaseOptions,
): void {
  const promised = manifest.compatibility.tolerance;
  const hint = `This is a ${measured} release of ${name}@${version}; only a major release may change it.`;
  if (tolerance !== undefined && tolerance !== promised) {
    const expected = `${promised}, as ${name}@${version} states it`;
    throw new InvalidOptionError({ option: 'tolerance', expected, received: tolerance }, { hint });
  }
  if (probes !== undefined) {
    const expected = `left out: the pictures of ${name}@${version} are carried forward`;
    throw new InvalidOptionError({ option: 'probes', expected, received: 'given' }, { hint });
  }
}
