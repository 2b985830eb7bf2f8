import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '@factornet/assembler';
import { disposeBrick, useBackend } from '@factornet/core';
import { inspectModel, picturesTensor } from '@factornet/core/internal';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { packCommon, packFactor, probePictures } from '@factornet/packer';
import { HUE, INPUT, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { io, loadLayersModel, type Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../../testing/run-captured';

let folder: string;
let packages: string[];
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-export-'));
  const network = await tinyCommon();
  const at = (name: string) => ({ name: `@me/${name}`, version: '1.0.0', directory: join(folder, name) });
  const common = await packCommon(network, at('ckn'));
  packages = [common.directory];
  const spaces = [
    {
      ...SHAPE,
      labelSpace: { name: 'all', classes: [...SHAPE.classes, ...HUE.classes], indices: [0, 1, 2] },
    },
    {
      ...HUE,
      labelSpace: { name: 'all', classes: [...SHAPE.classes, ...HUE.classes], indices: [3, 4, 5, 6] },
    },
  ];
  for (const [index, task] of spaces.entries()) {
    const factor = tinyFactor(network, task as never, 10 + index);
    const scaled = { ...factor, description: { ...factor.description, logitScale: 1 + index } };
    const { directory } = await packFactor(scaled as typeof factor, {
      ...at((task as typeof SHAPE).name),
      common,
    });
    packages.push(directory);
    disposeBrick(factor);
  }
  disposeBrick(network);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...more: string[]) => runCaptured(['export', ...packages, '--backend', 'cpu', ...more]);

/** Opens an export with TensorFlow.js alone, and evaluates it on probe pictures. */
async function open(out: string): Promise<{ names: string[]; values: Float32Array[] }> {
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(join(out, 'model.json'), 'utf8'));
  const weights = await readFile(join(out, weightsManifest[0].paths[0]));
  const model = await loadLayersModel(
    io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest[0].weights,
      weightData: new Uint8Array(weights).buffer,
    }),
  );
  const images = picturesTensor(probePictures(INPUT, 3), INPUT);
  const outputs = model.predict(images) as Tensor[];
  const values = await Promise.all(outputs.map((output) => output.data<'float32'>()));
  const names = model.outputNames;
  for (const each of [images, ...outputs, model]) each.dispose();
  return { names, values };
}

describe('factornet export', () => {
  it('writes a model that gives what the assembly gives, and says how large, how fast and how near it is', async () => {
    const out = join(folder, 'exported');
    const { exitCode, json, stderr } = await run('--out', out, '--json');
    expect(exitCode, stderr).toBe(0);
    const report = json<Record<string, number> & { files: { path: string }[] }>();
    expect(report.files.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^weights-[0-9a-f]{12}\.bin$/),
      'outputs.json',
      'model.json',
    ]);
    expect(report.largestDifference).toBeLessThan(1e-4);
    for (const figure of ['parameters', 'bytes', 'overUnfolded', 'overAssembly']) {
      expect(report[figure]).toBeGreaterThan(0);
    }
    const { names, values } = await open(out);
    expect(names).toEqual(['shape', 'object-hue']);
    const network = await assemble(packages[0] as string, packages.slice(1));
    const images = picturesTensor(probePictures(INPUT, 3), INPUT);
    const told = await network.predict(images);
    for (const [index, name] of names.entries()) {
      expectCloseArrays(values[index] as Float32Array, told[name]?.logits as Float32Array, {
        absolute: 1e-4,
      });
    }
    images.dispose();
    network.dispose();
    const described = JSON.parse(await readFile(join(out, 'outputs.json'), 'utf8'));
    expect(described).toEqual({
      input: { shape: [32, 32, 3], layout: 'NHWC', range: [0, 1] },
      outputs: [
        { name: 'shape', task: 'shape', kind: 'logits', classes: SHAPE.classes },
        { name: 'object-hue', task: 'object-hue', kind: 'logits', classes: HUE.classes },
      ],
      packages: ['@me/ckn@1.0.0', '@me/shape@1.0.0', '@me/object-hue@1.0.0'],
    });
  });

  it('writes probabilities, a joint output and narrowed weights, in place of an earlier export', async () => {
    const out = join(folder, 'again');
    await run('--out', out);
    await writeFile(join(out, 'mine.txt'), 'stays');
    const before = await readdir(out);
    const { exitCode, stdout, stderr } = await run(
      ...['--out', out, '--probabilities', '--joint', 'all', '--dtype', 'float16'],
    );
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('shape, object-hue, all');
    expect(stdout).toMatch(/stored as float16/);
    expect(stdout).toMatch(/×\d+\.\d\d unfolded/);
    const after = await readdir(out);
    expect(after).toHaveLength(before.length);
    expect(after).toContain('mine.txt');
    expect(after).not.toEqual(before);
    const { names, values } = await open(out);
    expect(names).toEqual(['shape', 'object-hue', 'all']);
    expect(values.map(({ length }) => length)).toEqual([9, 12, 21]);
    for (const [index, classes] of [3, 4, 7].entries()) {
      const total = values[index]?.subarray(0, classes).reduce((sum, value) => sum + value, 0);
      expect(total).toBeCloseTo(1, 5);
    }
    const topology = await readFile(join(out, 'model.json'));
    const weights = await readFile(join(out, after.find((name) => name.endsWith('.bin')) as string));
    inspectModel({ topology: new Uint8Array(topology), weights: new Uint8Array(weights) }, 'the export');
  });

  it('keeps to a lockfile, and writes nothing that it could not check', async () => {
    const out = join(folder, 'frozen');
    const lockfile = join(folder, 'factornet.lock.json');
    expect((await runCaptured(['lock', ...packages.slice(0, 2), '--lockfile', lockfile])).exitCode).toBe(0);
    const { exitCode, json } = await run('--out', out, '--frozen', '--lockfile', lockfile, '--json');
    expect(exitCode).toBe(4);
    expect(json<{ error: { code: string } }>().error.code).toBe('lock-mismatch');
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const { exitCode, stderr } = await run('--out', join(folder, 'leak'));
      expect(exitCode, stderr).toBe(0);
    });
  });
});
