import { backend } from '@tensorflow/tfjs';
import { importModule } from './optional-import';
import { select } from './select';

/**
 * Makes native TensorFlow current: `@tensorflow/tfjs-node-gpu`, else `@tensorflow/tfjs-node`.
 *
 * @returns which, and whether it is on the GPU
 * @throws Error if this Node is too new for it, or with the reason for each
 */
export async function activateTensorflow(): Promise<string> {
  refuseUnsupportedNode();
  const name = await importFirst(['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']);
  await select('tensorflow');
  const usesGpu = (backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
  return `${name}, ${usesGpu ? 'on the GPU' : 'on the CPU: no usable CUDA 11.2 and cuDNN 8.1'}`;
}

function refuseUnsupportedNode(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 23) {
    throw new Error(
      `tfjs-node 4.22 does not run on Node ${major} (util.isNullOrUndefined is gone); use Node 20 or 22`,
    );
  }
}

/** Imports the first of these that works and returns its name. @throws Error with the reason for each */
export async function importFirst(names: readonly string[]): Promise<string> {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      await importModule(name);
      return name;
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(reasons.join('; '));
}
