import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { decodeModel, encodeModel, randomStream } from '@factornet/core/training';
import {
  dispose,
  type LayersModel,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Backbone } from '../backbone';

export interface BackboneSuiteOptions {
  /** `[height, width, channels]` */
  inputShape: readonly [number, number, number];
}

/**
 * What every backbone has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeBackbone('residual', residual({ filters: [4, 8] }), { inputShape: [8, 8, 3] });
 */
export function describeBackbone(
  name: string,
  backbone: Backbone,
  { inputShape }: BackboneSuiteOptions,
): void {
  const batch = 3;
  const create = (seed = 1, prefix = 'suite') => backbone.create({ inputShape, seed, name: prefix });
  const pictures = () => {
    const shape = [batch, ...inputShape];
    return tensor(randomStream(3, 'pictures').normals(shape.reduce((size, axis) => size * axis)), shape);
  };
  const predict = async (model: LayersModel) => {
    const features = tidy(() => model.predict(pictures()) as Tensor);
    expect(features.shape).toEqual([batch, backbone.features]);
    const values = [...(await features.data())];
    features.dispose();
    return values;
  };
  const readWeights = (model: LayersModel) =>
    Promise.all(model.weights.map(async (weight) => [...(await weight.read().data())]));
  /** Runs `body` with a fresh model and disposes of it. */
  const withModel = async <T>(
    body: (model: LayersModel) => Promise<T> | T,
    seed?: number,
    prefix?: string,
  ) => {
    const model = create(seed, prefix);
    try {
      return await body(model);
    } finally {
      model.dispose();
    }
  };

  describe(`${name} as a backbone`, () => {
    it('has options that survive JSON', () => {
      expect(JSON.parse(JSON.stringify(backbone.options))).toEqual(backbone.options);
    });

    it('turns pictures into finite feature vectors of the length it states', async () => {
      const values = await withModel(predict);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(new Set(values.slice(0, backbone.features))).not.toEqual(
        new Set(values.slice(backbone.features)),
      );
    });

    it('has initial weights that follow from the seed alone', async () => {
      const first = await withModel(readWeights, 1);
      expect(await withModel(readWeights, 1)).toEqual(first);
      expect(await withModel(readWeights, 2)).not.toEqual(first);
    });

    it('starts each kernel from numbers of its own', () =>
      withModel(async (model) => {
        const values = await readWeights(model);
        const kernels = values.filter((_, index) => model.weights[index]?.originalName.endsWith('kernel'));
        // Ratios, because initializers scale the same draws by the size of the kernel.
        const beginnings = kernels.map((kernel) =>
          ((kernel[0] as number) / (kernel[1] as number)).toPrecision(4),
        );
        expect(new Set(beginnings).size).toBe(kernels.length);
      }));

    it('gives every layer, weight and the model a name with the prefix, once', () =>
      withModel(
        (model) => {
          const layers = model.layers.map((layer) => layer.name);
          const weights = model.weights.map((weight) => weight.originalName);
          for (const names of [layers, weights]) {
            expect(new Set(names).size).toBe(names.length);
            for (const each of names) expect(each.startsWith('other/name')).toBe(true);
          }
          expect(model.name.startsWith('other/name')).toBe(true);
        },
        1,
        'other/name',
      ));

    it('survives encoding: equal files for equal seeds, equal features after decoding', () =>
      withModel(async (model) => {
        const bytes = await encodeModel(model, 'weights.bin');
        expect(await withModel((again) => encodeModel(again, 'weights.bin'))).toEqual(bytes);
        const decoded = await decodeModel(bytes);
        expect(await predict(decoded)).toEqual(await predict(model));
        decoded.dispose();
      }));

    it.runIf(backbone.widened)('is itself at factor 1, and of more weights at factor 2', async () => {
      const widened = (factor: number) => backbone.widened?.(factor) as Backbone;
      const { create: _, widened: __, ...own } = backbone;
      expect(widened(1)).toMatchObject(own);
      const count = (of: Backbone) => {
        const model = of.create({ inputShape, seed: 1, name: 'suite' });
        const features = model.outputs[0]?.shape.at(-1);
        const weights = model.countParams();
        model.dispose();
        expect(features).toBe(of.features);
        return weights;
      };
      expect(count(widened(1))).toBe(count(backbone));
      expect(count(widened(2))).toBeGreaterThan(count(backbone));
      expect(() => widened(0)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
    });

    it('passes a gradient to every trainable weight', () =>
      withModel(async (model) => {
        const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
        const target = tensor(randomStream(4, 'target').normals(batch * backbone.features), [
          batch,
          backbone.features,
        ]);
        const { value, grads } = variableGrads(
          () =>
            tidy(() =>
              (model.apply(pictures(), { training: true }) as Tensor).sub(target).square().sum().asScalar(),
            ),
          variables,
        );
        for (const { name: weight } of variables) {
          const gradient = [...((await grads[weight]?.data()) ?? [])];
          expect(gradient.every(Number.isFinite), `gradient of ${weight} is finite`).toBe(true);
          expect(
            gradient.some((number) => number !== 0),
            `gradient of ${weight} is not all 0`,
          ).toBe(true);
        }
        dispose([target, value, ...Object.values(grads)]);
      }));

    it('moves its running statistics when, and only when, it trains', () =>
      withModel(async (model) => {
        const before = await readWeights(model);
        await predict(model);
        expect(await readWeights(model)).toEqual(before);
        tidy(() => void model.apply(pictures(), { training: true }));
        const after = await readWeights(model);
        for (const [index, weight] of model.weights.entries()) {
          const moving = weight.originalName.includes('/moving_');
          expectMoved(weight.originalName, before[index] as number[], after[index] as number[], moving);
        }
      }));

    it('leaves no tensor behind: creation, training pass, disposal', async () => {
      await expectNoLeak(() => withModel(() => {}));
      await expectNoLeak(() =>
        withModel((model) => tidy(() => void model.apply(pictures(), { training: true }))),
      );
    });

    it('leaves no tensor behind in training passes outside a tidy (tensorflow/tfjs#7983)', () =>
      withModel(async (model) => {
        await expectNoLeak(() => {
          const input = pictures();
          dispose([input, model.apply(input, { training: true }) as Tensor]);
        });
      }));
  });
}

function expectMoved(name: string, before: number[], after: number[], moved: boolean): void {
  if (moved) expect(after, `${name} after a training pass`).not.toEqual(before);
  else expectCloseArrays(after, before, { absolute: 0, relative: 0 });
}
