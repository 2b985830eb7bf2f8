import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { integrityOf, type ModelBytes } from '@factornet/core/internal';
import { writeDescribed } from '@factornet/core/node';
import { encodeModel } from '@factornet/core/training';
import { narrowWeights } from '@factornet/packer';
import type { FileDescription, WeightDtype } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';

/** A model as the files that hold it, not written yet. */
export interface ExportedModel extends ModelBytes {
  /** Name of the weight file. It says what is in it, so that two exports never share one. */
  readonly weightsFile: string;
}

const weightFiles = /^weights-[0-9a-f]{12}\.bin$/;

/** Encodes a model with weights of that type. */
export async function encodeExport(model: LayersModel, dtype: WeightDtype): Promise<ExportedModel> {
  // The name follows from the weights, and the topology from the name.
  const { weights } = narrowWeights(await encodeModel(model, 'weights.bin'), dtype);
  const digest = Buffer.from((await integrityOf(weights)).slice('sha512-'.length), 'base64').toString('hex');
  const weightsFile = `weights-${digest.slice(0, 12)}.bin`;
  const { topology } = narrowWeights(await encodeModel(model, weightsFile), dtype);
  return { topology, weights, weightsFile };
}

/**
 * Writes weights, then a description of the outputs, then `model.json`, each under a temporary name first: whenever the
 * process is killed, a `model.json` in the folder has its own weights beside it. Weights of an earlier export go last.
 */
export async function writeExport(
  directory: string,
  { topology, weights, weightsFile }: ExportedModel,
  outputs: object,
): Promise<FileDescription[]> {
  const described = new TextEncoder().encode(`${JSON.stringify(outputs, null, 2)}\n`);
  const files = [
    await writeDescribed(directory, weightsFile, weights),
    await writeDescribed(directory, 'outputs.json', described),
    await writeDescribed(directory, 'model.json', topology),
  ];
  for (const name of await readdir(directory)) {
    if (weightFiles.test(name) && name !== weightsFile) await rm(join(directory, name));
  }
  return files;
}
