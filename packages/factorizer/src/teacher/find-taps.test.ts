import { layers, type SymbolicTensor, setBackend, model as tfModel } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyData, tinyInput } from '../testing/tiny';
import { layersTeacher } from './layers-teacher';

beforeAll(() => setBackend('cpu'));

const { tasks } = tinyData(1);

describe('layersTeacher', () => {
  it('refuses taps that have no channels, come twice or are used twice, when it is made', async () => {
    const images = layers.inputLayer({ inputShape: [20, 20, 3] }).output as SymbolicTensor;
    const apply = (layer: layers.Layer, from: SymbolicTensor) => layer.apply(from) as SymbolicTensor;
    const twice = layers.activation({ activation: 'relu', name: 'twice' });
    const flat = apply(twice, apply(layers.flatten(), apply(twice, images)));
    const lines = apply(layers.reshape({ targetShape: [400, 3], name: 'lines' }), flat);
    const outputs = apply(layers.dense({ units: 5 }), apply(layers.flatten({ name: 'flat' }), lines));
    const model = tfModel({ inputs: images, outputs });
    const make = (...taps: unknown[]) =>
      layersTeacher({
        model,
        name: 'odd',
        input: tinyInput,
        tasks: tasks.slice(0, 1),
        taps: taps as string[],
      });
    await expect(make('lines')).rejects.toThrow(/taps\[0\].*lines, of \[\*, 400, 3\]/);
    await expect(make('flat', 'flat')).rejects.toMatchObject({ option: 'taps[1]' });
    await expect(make(3)).rejects.toMatchObject({ option: 'taps' });
    await expect(make('twice')).rejects.toMatchObject({
      code: 'missing-tap',
      known: expect.arrayContaining(['flat']),
    });
    model.dispose();
  });
});
