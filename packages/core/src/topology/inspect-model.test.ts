import { type LayersModel, type Tensor, tensor, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { decodePackedModel, encodeModel } from '../model-files/model-bytes';
import { randomStream } from '../random/random-stream';
import { expectCloseArrays } from '../testing/close-arrays';
import { allowedLayers } from './infer-topology';
import { inspectModel } from './inspect-model';
import { layerCases } from './testing/layer-cases';

beforeAll(async () => {
  await useBackend('cpu');
});

/** Random inputs of two examples, and the model's outputs for them. */
async function predictions(network: LayersModel): Promise<ArrayLike<number>[]> {
  const stream = randomStream(1, 'inputs');
  const outputs = tidy(() => {
    const inputs = network.inputs.map(({ shape: [, ...rest] }) => {
      const shape = [2, ...(rest as number[])];
      const size = shape.reduce((product, axis) => product * axis, 1);
      return tensor(
        Float32Array.from({ length: size }, () => stream.uniform() - 0.5),
        shape,
      );
    });
    return [network.predict(inputs.length === 1 ? (inputs[0] as Tensor) : inputs)].flat();
  });
  const values = await Promise.all(outputs.map((output) => output.data()));
  for (const output of outputs) output.dispose();
  return values;
}

describe('inspectModel', () => {
  it('is held against every allowed layer', () => {
    const cases = new Set(['InputLayer', ...layerCases.map(({ className }) => className)]);
    expect([...allowedLayers].sort()).toEqual([...cases].sort());
  });

  it.each(layerCases)(
    'infers what TensorFlow.js builds: $name',
    async ({ build, multiplyAdds, className }) => {
      const network = build();
      expect(network.layers.at(-1)?.getClassName()).toBe(className);
      const bytes = await encodeModel(network, 'weights.bin');
      const inspected = inspectModel(bytes, 'model.json');
      expect(inspected.inputs.map((shape) => [null, ...shape])).toEqual(
        network.inputs.map(({ shape }) => shape),
      );
      expect(inspected.outputs.map((shape) => [null, ...shape])).toEqual(
        network.outputs.map(({ shape }) => shape),
      );
      expect(inspected.parameters).toBe(network.countParams());
      expect(inspected.multiplyAdds).toBe(multiplyAdds);
      const specs = network.weights.map(({ originalName, shape }) => [originalName, shape]);
      expect(inspected.weightSpecs.map(({ name, shape }) => [name, shape])).toEqual(specs);
      const loaded = (await decodePackedModel(bytes, 'model.json')).model;
      const [received, expected] = [await predictions(loaded), await predictions(network)];
      received.forEach((values, index) => {
        expectCloseArrays(values, expected[index] ?? []);
      });
      loaded.dispose();
      network.dispose();
    },
  );
});
