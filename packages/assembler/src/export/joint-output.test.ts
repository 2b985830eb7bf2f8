import { disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { inspectModel } from '@factornet/core/internal';
import { expectCloseArrays } from '@factornet/core/testing';
import { encodeModel, randomStream } from '@factornet/core/training';
import { NotComparableError } from '@factornet/spec';
import { type Tensor, type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { knownCommon, knownFactor, LETTERS } from '../testing/known-logits';
import { exportAssembly } from './export-assembly';

const COUNT = 6;
const stream = randomStream(4, 'letters');
/** Per picture, a teacher's logits of eight letters, divided by 10. */
const values = Array.from({ length: COUNT }, () => LETTERS.map(() => stream.uniform()));
const pictures = (): Tensor4D => tensor4d(values.flat(), [COUNT, 2, 2, 2]);

beforeAll(() => useBackend('cpu'));

/** The teacher's distribution, given that it is one of these letters. */
function softmaxOver(letters: readonly string[]): number[] {
  return values.flatMap((row) => {
    const exponentials = letters.map((letter) =>
      Math.exp(10 * (row[LETTERS.indexOf(letter as 'a')] as number)),
    );
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    return exponentials.map((value) => value / total);
  });
}

async function run(
  factors: readonly FactorNetwork[],
  options: object,
  common: Awaited<ReturnType<typeof knownCommon>>,
) {
  const model = await exportAssembly({ common, factors, joint: 'letters', ...options });
  const images = pictures();
  const outputs = model.predict(images) as Tensor[];
  const read = await Promise.all(outputs.map((output) => output.data<'float32'>()));
  inspectModel(await encodeModel(model, 'weights.bin'), 'the export');
  const names = model.outputNames;
  for (const each of [images, ...outputs, model]) each.dispose();
  return { names, outputs: read };
}

describe('a joint output', () => {
  it.each([true, false])(
    "is the teacher's distribution over all classes, whatever the factors' scales (folded: %s)",
    async (fold) => {
      const common = await knownCommon();
      const factors = [
        knownFactor(common, 'late', ['h', 'f'], { logitScale: 3 }),
        knownFactor(common, 'early', ['c', 'a', 'b'], { logitScale: 0.25 }),
      ];
      const { names, outputs } = await run(factors, { outputs: 'probabilities', fold }, common);
      expect(names).toEqual(['late', 'early', 'letters']);
      // In the order of the label space.
      expectCloseArrays(outputs[2] as Float32Array, softmaxOver(['a', 'b', 'c', 'f', 'h']), {
        absolute: 1e-5,
      });
      for (const brick of [common, ...factors]) disposeBrick(brick);
    },
  );

  it('is logits if logits are asked for, and of one factor alone its own', async () => {
    const common = await knownCommon();
    const factor = knownFactor(common, 'late', ['h', 'f'], { logitScale: 3 });
    const { names, outputs } = await run([factor], {}, common);
    expect(names).toEqual(['late', 'letters']);
    const expected = values.flatMap((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
      return ['f', 'h'].map((letter) => (10 / 3) * ((row[LETTERS.indexOf(letter as 'f')] as number) - mean));
    });
    expectCloseArrays(outputs[1] as Float32Array, expected, { absolute: 1e-4 });
    for (const brick of [common, factor]) disposeBrick(brick);
  });

  it('keeps names apart, and to what layers may be called', async () => {
    const common = await knownCommon();
    const cases = [
      ['letters', 'letters', 'letters-2'],
      ['late', 'é: letters & more', 'output---letters---more'],
    ] as const;
    for (const [task, space, name] of cases) {
      const factor = knownFactor(common, task, ['h', 'f'], { space });
      const { names } = await run([factor], { joint: space }, common);
      expect(names).toEqual([task, name]);
      disposeBrick(factor);
    }
    disposeBrick(common);
  });

  it('is refused where factors are not comparable', async () => {
    const common = await knownCommon();
    const factors = [
      knownFactor(common, 'late', ['h', 'f'], { stated: false }),
      knownFactor(common, 'early', ['a', 'b']),
    ];
    await expect(exportAssembly({ common, factors, joint: 'letters' })).rejects.toThrow(NotComparableError);
    for (const brick of [common, ...factors]) disposeBrick(brick);
  });
});
