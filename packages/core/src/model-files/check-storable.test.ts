import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DisposedError } from '@factornet/spec';
import { UnstorableModelError } from '@factornet/spec/training';
import {
  input,
  type LayersModel,
  layers,
  memory,
  model,
  randomUniform,
  type SymbolicTensor,
  sequential,
  serialization,
  type Tensor,
  tensor,
  type Variable,
} from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { layerCases } from '../topology/testing/layer-cases';
import { smallNetwork } from './fixture';
import { readModel } from './read-model';
import { writeModel } from './write-model';

let folder: string;
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-storable-'));
});
afterAll(() => rm(folder, { recursive: true }));

const Layer = Object.getPrototypeOf(layers.flatten().constructor) as new (
  config: object,
) => LayersModel['layers'][number];

/** Times a number that its configuration does not tell, as layers of users are now and then. */
class Forgetful extends Layer {
  static readonly className: string = 'Forgetful';
  readonly factor: number;
  constructor({ factor = 1, ...config }: { factor?: number }) {
    super(config);
    this.factor = factor;
  }
  override call(inputs: Tensor | Tensor[]): Tensor {
    return ([inputs].flat()[0] as Tensor).mul(this.factor);
  }
}
/** The same, and nobody registered it. */
class Unregistered extends Forgetful {
  static override readonly className: string = 'Unregistered';
}
serialization.registerClass(Forgetful as never);

const chain = (...parts: unknown[]) => sequential({ name: 'chain', layers: parts as never });
const dense = (units: number, name: string) => layers.dense({ units, name, inputShape: [3] });

/** Two calls of one layer. */
function sharing(): LayersModel {
  const inputs = input({ shape: [3], name: 'pictures' });
  const shared = layers.dense({ units: 3, name: 'shared', activation: 'tanh' });
  const outputs = shared.apply(shared.apply(inputs)) as SymbolicTensor;
  return model({ inputs, outputs, name: 'sharing' });
}

async function answers(network: LayersModel): Promise<Float32Array> {
  const pictures = randomUniform(
    [2, ...((network.inputs[0] as SymbolicTensor).shape.slice(1) as number[])],
    -1,
    1,
    'float32',
    3,
  );
  const outputs = network.predict(pictures) as Tensor;
  const values = await outputs.data<'float32'>();
  pictures.dispose();
  outputs.dispose();
  return values;
}

describe('writeModel', () => {
  it.each<[string, () => LayersModel]>([
    ['shared layers', sharing],
    ['a model within the model', () => chain(chain(dense(3, 'inner')), dense(2, 'outer'))],
    ['a recurrent layer', () => chain(layers.lstm({ units: 2, inputShape: [4, 3], goBackwards: true }))],
    [
      'a layer both ways',
      () =>
        chain(
          layers.bidirectional({
            layer: layers.gru({ units: 2 }) as never,
            mergeMode: 'sum',
            inputShape: [4, 3],
          }),
        ),
    ],
    ['a layer that forgot nothing of note', () => chain(dense(2, 'first'), new Forgetful({ factor: 1 }))],
  ])('writes %s, and reads it', async (name, build) => {
    const network = build();
    const files = await writeModel(network, join(folder, name), 'net');
    const read = await readModel(files, (file) => pathToFileURL(join(folder, name, file)));
    expect(await answers(read)).toEqual(await answers(network));
  });

  it('takes every layer that packages may hold', async () => {
    for (const { build } of layerCases) {
      const network = build();
      await writeModel(network, join(folder, 'cases'), 'net');
      network.dispose();
    }
  });

  it.each<[string, () => LayersModel, RegExp]>([
    [
      'a layer that does not tell all',
      () => chain(dense(2, 'first'), new Forgetful({ factor: 3 })),
      /read back, its layer "forgetful_Forgetful\d*" has factor 1 in place of 3/,
    ],
    [
      'a class that nobody knows',
      () => chain(dense(2, 'first'), new Unregistered({})),
      /cannot be read back \(Unknown layer: Unregistered/,
    ],
    [
      'two weights of one name',
      () => chain(chain(dense(3, 'a')), chain(dense(3, 'a'))),
      /cannot be read back \(Duplicate weight name/,
    ],
    ['NaN', () => withWeight(Number.NaN), /one of its weights is NaN or infinite/],
    ['infinity', () => withWeight(Number.NEGATIVE_INFINITY), /one of its weights is NaN or infinite/],
  ])('refuses %s, and leaves the old files', async (name, build, reason) => {
    const place = join(folder, name);
    const old = await writeModel(smallNetwork(1), place, 'net');
    const before = await Promise.all((await readdir(place)).map((file) => readFile(join(place, file))));
    const network = build();
    const tensors = memory().numTensors;
    const error = await writeModel(network, place, 'net').catch((caught: unknown) => caught);
    expect(UnstorableModelError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ reason: expect.stringMatching(reason) });
    expect(await Promise.all((await readdir(place)).map((file) => readFile(join(place, file))))).toEqual(
      before,
    );
    (await readModel(old, (file) => pathToFileURL(join(place, file)))).dispose();
    if (!/cannot be read back/.test(String(reason))) expect(memory().numTensors).toBe(tensors);
  });

  it('says that a model was disposed of', async () => {
    const network = smallNetwork(1);
    network.dispose();
    const error = await writeModel(network, folder, 'net').catch((caught: unknown) => caught);
    expect(DisposedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ what: 'model "small"' });
  });
});

function withWeight(value: number): LayersModel {
  const network = chain(layers.dense({ units: 1, inputShape: [1] }));
  (network.getWeights()[0] as Variable).assign(tensor([[value]]));
  return network;
}
