import { decodePackedModel, inspectModel, type ModelBytes } from '@factornet/core/internal';
import { weightsFileName } from '@factornet/core/node';
import { encodeModel } from '@factornet/core/training';
import type { WeightDtype } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { narrowWeights } from './narrow-weights';

/** A model as its package holds it. */
export interface StoredModel {
  readonly bytes: ModelBytes;
  /** As whoever reads the package gets it: with weights that went through `dtype` and back. */
  readonly model: LayersModel;
  readonly multiplyAdds: number;
  dispose(): void;
}

/**
 * Encodes a model for a package, and reads it back where that changes it.
 *
 * @param source package, for messages
 * @throws RefusedPackageError if it is no model that packages may hold, e.g. with a layer that is not allow-listed
 */
export async function storeModel(
  network: LayersModel,
  name: string,
  dtype: WeightDtype,
  source: string,
): Promise<StoredModel> {
  const trained = await encodeModel(network, weightsFileName(name));
  const { multiplyAdds } = inspectModel(trained, source);
  if (dtype === 'float32') return { bytes: trained, model: network, multiplyAdds, dispose: () => {} };
  const bytes = narrowWeights(trained, dtype);
  const { model } = await decodePackedModel(bytes, source);
  return { bytes, model, multiplyAdds, dispose: () => model.dispose() };
}
