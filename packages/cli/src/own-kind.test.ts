import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '@factornet/assembler';
import { readPackage } from '@factornet/assembler/node';
import { type CommonNetwork, disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { adam } from '@factornet/core/training';
import { type Dataset, readLabels, splitDataset } from '@factornet/data';
import { describeDataset } from '@factornet/data/conformance';
import {
  disposeFactorization,
  evaluateFactorization,
  factorize,
  layersTeacher,
  type Teacher,
  trainableTaskKinds,
  trainFactor,
  trainTeacher,
  withReports,
} from '@factornet/factorizer';
import { describeTaskKind } from '@factornet/factorizer/conformance';
import { packCommon, packFactor } from '@factornet/packer';
import { type ClassificationTask, InvalidManifestError, taskKinds } from '@factornet/spec';
import { verifyPackage } from '@factornet/verifier';
import { convolutional, multiTaskClassifier } from '@factornet/zoo';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { renderAccuracyTable } from './report/accuracy-table';
import { type AmountPrediction, type AmountTask, amount } from './testing/amount-kind';
import { runCaptured } from './testing/run-captured';

const kinds = [...trainableTaskKinds, amount()];
const side: ClassificationTask = { name: 'side', type: 'classification', classes: ['left', 'right'] };
const light = {
  name: 'light',
  type: 'amount',
  quantities: ['left', 'right'],
  unit: '%',
} as const satisfies AmountTask;

/** Percent of light on the left and on the right half of a picture; the last line of ten was not measured. */
const table = Array.from({ length: 120 }, (_, row) => {
  const [left, right] = [(row * 37) % 101, (row * 53 + 20) % 101];
  return row % 10 === 9 ? [row, left, right, '', ''] : [row, left, right, left, right];
})
  .map((cells) => cells.join(','))
  .join('\n');

const SIZE = 4;

/** Pictures of what a table says, with its numbers for labels. */
function lightData(): Dataset {
  const rows = table
    .split('\n')
    .map((line) => line.split(',').map((cell) => (cell === '' ? NaN : Number(cell))));
  return {
    name: 'light',
    size: rows.length,
    imageShape: [SIZE, SIZE, 3],
    tasks: [side, light],
    async read(indices) {
      const chosen = Array.from(indices, (index) => {
        const row = rows[index];
        if (row === undefined) throw new RangeError(`${index} is no integer from 0 to ${rows.length - 1}`);
        return row as [number, number, number, number, number];
      });
      const images = new Float32Array(chosen.length * SIZE * SIZE * 3);
      chosen.forEach(([, left, right], picture) => {
        for (let pixel = 0; pixel < SIZE * SIZE * 3; pixel++) {
          const column = Math.floor(pixel / 3) % SIZE;
          images[picture * SIZE * SIZE * 3 + pixel] = (column < SIZE / 2 ? left : right) / 100;
        }
      });
      return {
        size: chosen.length,
        images,
        labels: {
          side: Int32Array.from(chosen, ([, left, right]) => Number(right > left)),
          light: Float32Array.from(
            chosen.flatMap(([, , , ...measured]) => measured.map((value) => value / 100)),
          ),
        },
      };
    },
  };
}

describeTaskKind('amount', amount, {
  task: light,
  labels: Float32Array.of(0.1, 0.9, 0.4, 0.2, 0.8, 0.7, Number.NaN, Number.NaN),
  right: [0.1, 0.9, 0.4, 0.2, 0.8, 0.7, 0, 0],
});
describeDataset('lightData', lightData, { kinds });

let folder: string;
let common: CommonNetwork;
let factors: Readonly<Record<string, FactorNetwork>>;
let teacher: Teacher;
const { train, test } = splitDataset(lightData(), { train: 0.5, test: 0.5 }, 1);
const backbone = convolutional({ filters: [8], strides: 2, pooling: 'flatten', features: 8 });
const at = (...names: string[]) => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-kind-'));
  await useBackend('wasm');
  const input = {
    shape: [SIZE, SIZE, 3] as [number, number, number],
    layout: 'NHWC' as const,
    normalization: { mean: [0.5, 0.5, 0.5], standardDeviation: [0.3, 0.3, 0.3] },
  };
  const tasks = [side, light];
  const model = multiTaskClassifier({
    backbone,
    tasks: tasks.map(({ name }) => ({ name, classes: 2 })),
    inputShape: input.shape,
    seed: 1,
    name: 'teacher',
  });
  await trainTeacher({
    model,
    input,
    tasks,
    data: train,
    kinds,
    epochs: 8,
    optimizer: adam({ learningRate: 0.03 }),
    batchSize: 15,
  });
  teacher = await layersTeacher({ model, name: 'light', input, tasks, kinds, taps: ['teacher/features'] });
  const run = {
    teacher,
    data: train,
    common: backbone,
    specific: backbone,
    kinds,
    epochs: 16,
    optimizer: adam({ learningRate: 0.03 }),
    batchSize: 15,
  };
  const factorization = await factorize(run);
  common = factorization.common;
  factors = factorization.factors;
});
afterAll(async () => {
  disposeFactorization({ common, factors } as never);
  teacher.dispose();
  await rm(folder, { recursive: true });
});

const pictures = async (): Promise<Tensor4D> => {
  const { images, size } = await test.read(Int32Array.of(0, 1, 2));
  return tensor4d(images, [size, SIZE, SIZE, 3]);
};

describe('a kind of task that no room knows', () => {
  it('is measured by its own score, beside a classification, and written into its factor', async () => {
    const measured = await evaluateFactorization({
      teacher,
      common,
      factors,
      data: test,
      kinds,
      information: { steps: 0 },
    });
    expect(measured.factors.light).toMatchObject({ score: 'R²' });
    expect(measured.factors.light?.accuracy).toBeGreaterThan(0.5);
    expect(measured.teacher.accuracy.light).toBeGreaterThan(0.5);
    expect(measured.factors.side?.score).toBeUndefined();
    const shown = renderAccuracyTable({ ...measured, assembly: { accuracy: {} } });
    expect(shown).toMatch(/│ side +│/);
    expect(shown).toMatch(/│ light \(R²\) +│/);
    expect(Object.keys(measured.leakage.linear?.codes.light ?? {})).toEqual(['side']);
    expect(Object.keys(measured.leakage.kernel?.codes.side ?? {})).toEqual(['light']);
    expect(Object.keys(measured.information.labels.light ?? {})).toEqual(['side']);
    factors = withReports(factors, measured, test);
    const { figures = {} } = factors.light?.description.report ?? {};
    expect(figures['mean absolute error of left, right (%)']).toBeLessThan(0.3);
  });

  it('becomes a package that verifies, reads and assembles where the kind is known', async () => {
    const ckn = await packCommon(common, {
      name: 'light-common',
      version: '1.0.0',
      directory: at('light-common'),
    });
    for (const [task, factor] of Object.entries(factors)) {
      const options = { name: `light-${task}`, version: '1.0.0', directory: at(`light-${task}`) };
      await packFactor(factor, { ...options, common: ckn, kinds });
    }
    const report = await verifyPackage(at('light-light'), { common: at('light-common'), kinds });
    expect(report.error).toBeUndefined();
    expect(report.passed).toBe(true);
    const network = await assemble(at('light-common'), [at('light-light'), factors.side as FactorNetwork], {
      kinds,
    });
    const images = await pictures();
    const { light: said } = (await network.predict(images)) as unknown as { light: AmountPrediction };
    const labels = (await readLabels(test, [0, 1, 2])).light as Float32Array;
    for (const [picture, left] of (said.amounts.left as Float32Array).entries()) {
      if (Number.isFinite(labels[2 * picture])) expect(left).toBeCloseTo(labels[2 * picture] as number, 0);
    }
    images.dispose();
    network.dispose();
  });

  it('is refused where it is not known, with the kinds that are and what to do', async () => {
    const reading = readPackage(at('light-light'));
    await expect(reading).rejects.toThrow(InvalidManifestError);
    await expect(reading).rejects.toThrow(
      /task\.type: Expected "classification" but received "amount".*kinds: \[/,
    );
    expect((await readPackage(at('light-light'), { kinds: [...taskKinds, amount()] })).name).toBe(
      'light-light',
    );
    await expect(assemble(common, [factors.light as FactorNetwork])).rejects.toMatchObject({
      code: 'invalid-option',
      option: 'kinds',
      received: ['classification'],
    });
  });

  it('has a type of its own in predictions, beside class names', async () => {
    const told = { task: light, kind: amount() };
    expect(told.task.type).toBe(told.kind.type);
    const own = factors.light as FactorNetwork<typeof light>;
    const network = await assemble(
      common,
      [own, factors.side as FactorNetwork<typeof side & { name: 'side' }>],
      { kinds },
    );
    const images = await pictures();
    const said = await network.predict(images);
    expectTypeOf(said.light).toEqualTypeOf<AmountPrediction>();
    expect(said.light.unit).toBe('%');
    images.dispose();
    network.dispose();
  });

  it('adds to a network that others use, from labels alone', async () => {
    const { factor } = await trainFactor({
      common,
      task: light,
      specific: backbone,
      data: train,
      kinds,
      epochs: 1,
      batchSize: 15,
    });
    expect(factor.head.outputs[0]?.shape).toEqual([null, 2]);
    disposeBrick(factor);
  });

  it('is told by the command in a table with its own columns', async () => {
    const { images } = await test.read([0]);
    const bytes = Uint8Array.from(images, (value) => Math.round(255 * value));
    await sharp(bytes, { raw: { width: SIZE, height: SIZE, channels: 3 } })
      .png()
      .toFile(at('0.png'));
    const packages = ['light-common', 'light-light', 'light-side'].map((name) => at(name));
    const argv = ['predict', ...packages, '--image', at('0.png'), '--backend', 'wasm'];
    const { stdout, stderr, exitCode } = await runCaptured(argv, { kinds });
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/picture +│ task +│ quantity +│ +amount/);
    expect(stdout).toMatch(/light +│ left +│ +-?\d+\.\d\d %/);
    expect(stdout).toMatch(/picture +│ task +│ class +│ probability/);
    const json = (await runCaptured([...argv, '--json'], { kinds })).json<{
      predictions: { tasks: object }[];
    }>();
    expect(json.predictions[0]?.tasks).toMatchObject({
      light: { unit: '%' },
      side: { class: expect.any(String) },
    });
    for (const [command, told] of [
      [['verify', at('light-light'), '--backend', 'wasm'], /passed/i],
      [['inspect', at('light-light')], /quantities +left \(%\), right \(%\).*R²/s],
      [['assemble', ...packages], /light +│ +2 +│/],
    ] as const) {
      const { exitCode, stdout, stderr } = await runCaptured(command, { kinds });
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toMatch(told);
    }
    const refused = await runCaptured(argv);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toMatch(/Expected "classification" but received "amount"/);
  });
});
