import {
  type CommonManifest,
  type FactorManifest,
  type InputDescription,
  IntegrityError,
  type KindOptions,
  taskKinds,
} from '@factornet/spec';
import { kindOf, outputSize } from '@factornet/spec/internal';
import { offeredLengths, readLengths } from './offered';

/** Golden probes as arrays: pictures, and what is expected of them. */
export interface ProbeValues {
  readonly count: number;
  /** `[count, height, width, channels]`, value · 255. */
  readonly pictures: Uint8Array<ArrayBuffer>;
  /** What the common-knowledge network offers, `[count, Σ offered]`: per picture z, then each map, value by value. */
  readonly features: Float32Array;
  /** What the head puts out, `[count, outputs]`; of a factor only. */
  readonly logits?: Float32Array;
}

/** Lengths that tell one part of a probe file from the next. */
export interface ProbeLayout {
  readonly count: number;
  readonly input: Pick<InputDescription, 'shape'>;
  /** Lengths of z and of each map; of a factor those maps that it reads. */
  readonly offered: readonly number[];
  /** Numbers that a head puts out for a picture; 0 for a common-knowledge network. */
  readonly outputs: number;
}

/** The layout of a package's probe file, from its manifest. @throws InvalidOptionError for a task of no kind that is known */
export function probeLayout(
  manifest:
    | Pick<CommonManifest, 'kind' | 'input' | 'features' | 'maps' | 'probes'>
    | Pick<FactorManifest, 'kind' | 'task' | 'reads' | 'probes'>,
  { kinds = taskKinds }: KindOptions = {},
): ProbeLayout {
  if (manifest.kind === 'common') {
    const { input, probes } = manifest;
    return { count: probes.count, input, offered: offeredLengths(manifest), outputs: 0 };
  }
  const { task, probes } = manifest;
  return {
    count: probes.count,
    input: probes.input,
    offered: readLengths(manifest),
    outputs: outputSize(kindOf(task, kinds), task),
  };
}

/**
 * Reads a probe file: what is offered, logits (little-endian float32), pictures (bytes), one behind the other. The packer writes
 * it.
 *
 * @param source file, for messages
 * @throws IntegrityError if the file is not as long as its layout says
 */
export function decodeProbes(
  bytes: Uint8Array<ArrayBuffer>,
  { count, input, offered, outputs }: ProbeLayout,
  source: string,
): ProbeValues {
  const pictureBytes = input.shape.reduce((size, axis) => size * axis, 1);
  const features = offered.reduce((sum, length) => sum + length, 0);
  const expected = count * (4 * (features + outputs) + pictureBytes);
  if (bytes.length !== expected) {
    const received = `${bytes.length} bytes`;
    throw new IntegrityError({ path: source, expected: `${expected} bytes`, received });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const numbers = (start: number, length: number) =>
    Float32Array.from({ length }, (_, index) => view.getFloat32((start + index) * 4, true));
  return {
    count,
    features: numbers(0, count * features),
    ...(outputs > 0 && { logits: numbers(count * features, count * outputs) }),
    pictures: bytes.slice(count * (features + outputs) * 4),
  };
}
