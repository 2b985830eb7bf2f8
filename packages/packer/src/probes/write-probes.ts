import { writeDescribed } from '@factornet/core/node';
import type { ProbeValues } from '@factornet/core/probes';
import type { CommonProbes, ProbeTolerance } from '@factornet/spec';
import { encodeProbes } from './encode-probes';

/**
 * Backends sum in different orders, in float32: under 1e-6 of the largest value between cpu, wasm and software WebGPU for
 * networks as deep as ResNet-20 (examples/browser measures it). That leaves room for deeper ones; `other` leaves it for
 * half-precision textures.
 */
const TOLERANCE: ProbeTolerance = { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3, tensorflow: 1e-4, other: 1e-2 };

/** Writes golden probes as `probes.bin` and describes them. */
export async function writeProbes(values: ProbeValues, directory: string): Promise<CommonProbes> {
  const file = await writeDescribed(directory, 'probes.bin', encodeProbes(values));
  return { file, count: values.count, tolerance: TOLERANCE };
}
