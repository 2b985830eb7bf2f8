import { LIMITS } from '@factornet/spec';
import { dispose, initializers, io, type LayersModel, layers, models, type Tensor } from '@tensorflow/tfjs';
import { product, Refusal, type Shape } from '../topology/layer-config';
import { checkWeightValues } from '../topology/weight-values';

/** What every layer gets its weights by, of whatever class it is. */
type AddWeight = (
  this: { readonly name: string },
  name: string,
  shape: Shape,
  dtype: string,
  initializer: unknown,
  ...rest: unknown[]
) => { dispose(): void };

/**
 * Makes a model of whatever layers, for teachers and networks that are no packages yet: there is no list of what they may
 * consist of. TensorFlow.js allocates what a topology asks for before it looks at the weights, so here no layer gets more
 * weights than the file holds, and none is there that would put out more than a packed one may.
 *
 * @throws Refusal
 */
export async function loadBounded(
  modelTopology: object,
  specs: io.WeightsManifestEntry[],
  weights: Uint8Array<ArrayBuffer>,
): Promise<LayersModel> {
  const expected = specs.reduce((sum, spec) => sum + product(spec.shape) * bytesOf(spec), 0);
  if (expected !== weights.length) {
    throw new Refusal(
      'weight-spec',
      `the weights take ${expected} bytes, but the file has ${weights.length}`,
    );
  }
  checkWeightValues(specs, weights);
  const model = await make(
    modelTopology,
    specs.reduce((sum, { shape }) => sum + product(shape), 0),
  );
  let values: Record<string, Tensor> = {};
  try {
    for (const layer of model.layers) refuseLarge(layer);
    values = io.decodeWeights(weights.buffer.slice(weights.byteOffset, weights.byteOffset + expected), specs);
    model.loadWeights(values);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    dispose(values);
  }
}

/** Layers are made, and get their weights, before `modelFromJSON` returns: nothing else runs in between. */
async function make(modelTopology: object, values: number): Promise<LayersModel> {
  const prototype = layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const { addWeight } = prototype;
  const added: { dispose(): void }[] = [];
  let left = values;
  prototype.addWeight = function (name, shape, dtype, _initializer, ...rest) {
    left -= product(shape);
    if (!(left >= 0)) {
      throw new Refusal('weight-spec', `the layer ${this.name} asks for more weights than the file holds`);
    }
    const weight = addWeight.call(this, name, shape, dtype, initializers.zeros(), ...rest);
    added.push(weight);
    return weight;
  };
  let made: Promise<LayersModel>;
  try {
    made = models.modelFromJSON({ modelTopology } as never);
  } finally {
    prototype.addWeight = addWeight;
  }
  try {
    return await made;
  } catch (error) {
    for (const weight of added) weight.dispose();
    throw error;
  }
}

function refuseLarge({ name, inboundNodes }: LayersModel['layers'][number]): void {
  for (const { outputTensors } of inboundNodes) {
    for (const { shape } of outputTensors) {
      if (product(shape.map((size) => size ?? 1)) > LIMITS.activationElements) {
        throw new Refusal(
          'shape',
          `the layer ${name} puts out [${shape.slice(1).join(', ')}] for one picture`,
        );
      }
    }
  }
}

function bytesOf({ name, dtype, quantization }: io.WeightsManifestEntry): number {
  const stored = quantization?.dtype ?? dtype;
  const bytes = { float32: 4, float16: 2, uint8: 1 }[stored as string];
  if (dtype === 'float32' && bytes !== undefined) return bytes;
  throw new Refusal('weight-spec', `the weight ${name} is stored in a way that is not allowed`);
}
