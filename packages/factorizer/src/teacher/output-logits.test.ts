import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { modelDigest } from '@factornet/core/training';
import { imagesTensor } from '@factornet/data';
import type { TaskDescription } from '@factornet/spec';
import {
  dispose,
  initializers,
  type LayersModel,
  layers,
  memory,
  type SymbolicTensor,
  sequential,
  serialization,
  setBackend,
  softmax,
  type Tensor,
  type Tensor2D,
  model as tfModel,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeTeacher } from '../conformance/describe-teacher';
import { tinyData, tinyInput } from '../testing/tiny';
import { layersTeacher } from './layers-teacher';
import { areProbabilities } from './output-logits';
import { trainTeacher } from './train-teacher';

beforeAll(() => setBackend('cpu'));

const tasks: TaskDescription[] = [{ name: 'kind', type: 'classification', classes: ['a', 'b', 'c'] }];

/** Softmax in a layer that no topology explains. */
class OpaqueSoftmax extends layers.Layer {
  static className = 'OpaqueSoftmax';
  override call(inputs: Tensor | Tensor[]): Tensor {
    return softmax([inputs].flat()[0] as Tensor2D);
  }
}
serialization.registerClass(OpaqueSoftmax);

/** The same classifier, up to its last activation. */
const dense = (activation: 'linear' | 'softmax' | 'sigmoid' = 'linear', useBias = true) =>
  layers.dense({
    name: 'last',
    units: 3,
    activation,
    useBias,
    kernelInitializer: initializers.randomNormal({ seed: 1, stddev: 4 }),
    biasInitializer: initializers.randomNormal({ seed: 2 }),
  });

const apply = (from: SymbolicTensor, ...chain: layers.Layer[]) =>
  chain.reduce((tensor, layer) => layer.apply(tensor) as SymbolicTensor, from);

/** A classifier of mean colours: `pooled`, then these layers. */
function network(...chain: layers.Layer[]): LayersModel {
  const inputs = layers.inputLayer({ inputShape: [20, 20, 3], name: 'pictures' }).output as SymbolicTensor;
  return tfModel({
    name: 'colours',
    inputs,
    outputs: apply(inputs, layers.globalAveragePooling2d({ name: 'pooled' }), ...chain),
  });
}

const teacherOf = (model: LayersModel, taps = ['pooled']) =>
  layersTeacher({ model, name: 'ending', input: tinyInput, tasks, taps });

async function logitsOf(model: LayersModel) {
  const teacher = await teacherOf(model);
  const data = tinyData(5);
  const images = imagesTensor(await data.read([0, 1, 2, 3, 4]), data.imageShape);
  const { features, logits } = await teacher.evaluate(images);
  const values = [...((await logits.kind?.data()) ?? [])];
  dispose([images, ...Object.values(features), ...Object.values(logits)]);
  const { notes, digest } = teacher;
  expect(digest).toBe(await modelDigest(model));
  teacher.dispose();
  return { values, notes };
}

/** Logits less their mean: what softmax cannot tell apart from them. */
function centred(values: readonly number[]): number[] {
  return values.map((value, index) => {
    const row = values.slice(3 * Math.floor(index / 3), 3 * Math.floor(index / 3) + 3);
    return value - row.reduce((sum, one) => sum + one) / 3;
  });
}

const before = 'ends in softmax; what comes before that is taken for logits';
const logarithms = 'gives probabilities (softmax); their logarithms are taken for logits';

describe('the logits of a network that ends in probabilities', () => {
  it.each<[name: string, chain: () => layers.Layer[], note: string]>([
    ['a dense layer with softmax', () => [dense('softmax')], before],
    ['a softmax layer', () => [dense(), layers.softmax()], before],
    ['an activation layer', () => [dense(), layers.activation({ activation: 'softmax' })], before],
    ['a dense layer with sigmoid', () => [dense('sigmoid')], before.replace('softmax', 'sigmoid')],
    ['softmax and a dropout', () => [dense('softmax'), layers.dropout({ rate: 0.5 })], logarithms],
    [
      'softmax and a reshape',
      () => [dense(), layers.softmax(), layers.reshape({ targetShape: [3] })],
      logarithms,
    ],
    [
      'a network in the network',
      () => [sequential({ layers: [layers.inputLayer({ inputShape: [3] }), dense('softmax')] })],
      logarithms,
    ],
    ['a layer of its own', () => [dense(), new OpaqueSoftmax()], logarithms],
    [
      'softmax and an activation that changes nothing',
      () => [dense('softmax'), layers.activation({ activation: 'linear' })],
      logarithms,
    ],
  ])('are those of the network without, for %s', async (_, chain, note) => {
    const { values: expected, notes: none } = await logitsOf(network(dense()));
    expect(none).toBeUndefined();
    const { values, notes } = await logitsOf(network(...chain()));
    expect(notes).toEqual([`The output for the task "kind" ${note}.`]);
    const exact = note.includes('before');
    expectCloseArrays(exact ? values : centred(values), exact ? expected : centred(expected), {
      absolute: 1e-3,
    });
  });

  it('are read at the weights that the network has when it is asked', async () => {
    const model = network(dense('softmax', false));
    const { values: expected } = await logitsOf(network(dense('linear', false)));
    const teacher = await teacherOf(model);
    const data = tinyData(5);
    const images = imagesTensor(await data.read([0, 1, 2, 3, 4]), data.imageShape);
    const doubled = model.getWeights().map((weight) => weight.mul(2));
    model.setWeights(doubled);
    const { features, logits } = await teacher.evaluate(images);
    expectCloseArrays(
      [...((await logits.kind?.data()) ?? [])],
      expected.map((value) => 2 * value),
      {
        absolute: 1e-4,
      },
    );
    dispose([images, ...doubled, ...Object.values(features), ...Object.values(logits)]);
    teacher.dispose();
  });

  it('leave nothing behind', async () => {
    for (const chain of [[dense('softmax')], [dense(), new OpaqueSoftmax()]]) {
      const numTensors = memory().numTensors;
      const model = network(...chain);
      const own = memory().numTensors - numTensors;
      await teacherOf(model);
      expect(memory().numTensors).toBe(numTensors + own);
      model.dispose();
    }
    await expectNoLeak(() => logitsOf(network(dense('softmax'))).then(() => {}));
  });

  it('are not trained through a second softmax', async () => {
    const model = network(dense('softmax'));
    const training = trainTeacher({ model, input: tinyInput, tasks, data: tinyData(5) });
    await expect(training).rejects.toMatchObject({ code: 'invalid-option', option: 'model.outputs[0]' });
    await expect(training).rejects.toThrow(/ends in softmax.*Leave the last activation out/s);
    model.dispose();
  });
});

describeTeacher('layersTeacher of a network with softmax', () => teacherOf(network(dense('softmax'))));

it('tells probabilities by their rows', () => {
  expect(areProbabilities([0.25, 0.75, 1, 0], 2)).toBe(true);
  expect(areProbabilities([0.25, 0.75, 1.2, -0.2], 2)).toBe(false);
  expect(areProbabilities([0.25, 0.75, 0.5, 0.6], 2)).toBe(false);
  expect(areProbabilities([Number.NaN, 1], 2)).toBe(false);
  expect(areProbabilities([], 2)).toBe(false);
});
