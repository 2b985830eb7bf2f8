import { layers, type SymbolicTensor, setBackend, model as tfModel } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyData, tinyInput, tinyTaps, tinyTeacherModel } from '../testing/tiny';
import { layersTeacher } from './layers-teacher';

beforeAll(() => setBackend('cpu'));

const { tasks } = tinyData(1);

describe('layersTeacher', () => {
  it.each<[what: string, input: object, expected: object]>([
    ['another size', { shape: [20, 24, 3] }, { code: 'shape-mismatch', expected: [null, 20, 24, 3] }],
    ['channels first', { shape: [3, 20, 20] }, { code: 'invalid-option' }],
    ['no batch of pictures', { shape: [20, 20] }, { option: 'input.shape' }],
    ['a size that is open', { shape: [null, null, 3] }, { option: 'input.shape' }],
    ['another layout', { layout: 'NCHW' }, { option: 'input.layout' }],
    ['no normalization', { normalization: undefined }, { option: 'input.normalization.mean' }],
    [
      'too few means',
      { normalization: { mean: [0.5], standardDeviation: [1, 1, 1] } },
      { option: 'input.normalization.mean' },
    ],
    [
      'a mean that is no number',
      { normalization: { mean: [0, Number.NaN, 0], standardDeviation: [1, 1, 1] } },
      { option: 'input.normalization.mean[1]' },
    ],
    [
      'a deviation of 0',
      { normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 0] } },
      { option: 'input.normalization.standardDeviation[2]' },
    ],
  ])('refuses an input of %s when it is made', async (_, wrong, expected) => {
    const model = tinyTeacherModel(tasks);
    const input = { ...tinyInput, ...wrong } as typeof tinyInput;
    const made = layersTeacher({ model, name: 'tiny', input, tasks, taps: tinyTaps });
    await expect(made).rejects.toMatchObject(expected);
    model.dispose();
  });

  it('refuses a model of no pictures, of fixed batches or of two inputs', async () => {
    const input = (shape: (number | null)[]) =>
      layers.inputLayer({ batchInputShape: shape }).output as SymbolicTensor;
    const ending = (inputs: SymbolicTensor[]) => {
      const flat = inputs.map((one) => layers.flatten().apply(one) as SymbolicTensor);
      const all = flat.length > 1 ? (layers.concatenate().apply(flat) as SymbolicTensor) : flat[0];
      const outputs = layers.dense({ units: 5 }).apply(all as SymbolicTensor) as SymbolicTensor;
      return tfModel({ inputs, outputs });
    };
    for (const [model, code] of [
      [ending([input([null, 20, 60])]), 'shape-mismatch'],
      [ending([input([8, 20, 20, 3])]), 'shape-mismatch'],
      [ending([input([null, 20, 20, 3]), input([null, 20, 20, 3])]), 'invalid-option'],
    ] as const) {
      const made = layersTeacher({
        model,
        name: 'odd',
        input: tinyInput,
        tasks: tasks.slice(0, 1),
        taps: [],
      });
      await expect(made).rejects.toMatchObject({ code });
      model.dispose();
    }
  });
});
