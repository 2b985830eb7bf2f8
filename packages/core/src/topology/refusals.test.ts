import { LIMITS, RefusedPackageError } from '@factornet/spec';
import { layers, model, type SymbolicTensor, sequential, input as tfInput } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { decodePackedModel, encodeModel } from '../model-files/model-bytes';
import type { ModelBytes } from '../model-files/two-files';
import { expectNoLeak } from '../testing/no-leak';
import { inspectModel, inspectTopology } from './inspect-model';
import { fields } from './testing/refusals/fields';
import { changed, type Json } from './testing/refusals/refusal-case';
import { shapes } from './testing/refusals/shapes';
import { weights } from './testing/refusals/weights';
import { wiring } from './testing/refusals/wiring';

let good: ModelBytes;
let chain: ModelBytes;

beforeAll(async () => {
  await useBackend('cpu');
  const inputs = tfInput({ shape: [8, 8, 3], name: 'pictures' });
  const stem = layers.conv2d({ name: 'stem', filters: 4, kernelSize: 3, padding: 'same' });
  const norm = layers.batchNormalization({ name: 'norm' });
  const left = norm.apply(stem.apply(inputs)) as SymbolicTensor;
  const right = layers.depthwiseConv2d({ name: 'right', kernelSize: 3, padding: 'same' }).apply(left);
  const sum = layers.add({ name: 'sum' }).apply([left, right as SymbolicTensor]);
  const pooled = layers.maxPooling2d({ name: 'pool', poolSize: 2 }).apply(sum);
  const flat = layers.flatten({ name: 'flat' }).apply(pooled);
  const outputs = layers.dense({ name: 'features', units: 5 }).apply(flat) as SymbolicTensor;
  const network = model({ name: 'net', inputs, outputs });
  good = await encodeModel(network, 'net.weights.bin');
  const row = sequential({ layers: [layers.dense({ name: 'only', units: 2, inputShape: [3] })] });
  chain = await encodeModel(row, 'net.weights.bin');
  network.dispose();
  row.dispose();
});

function refusal(inspect: () => unknown): RefusedPackageError {
  try {
    inspect();
  } catch (error) {
    expect(RefusedPackageError.isInstance(error)).toBe(true);
    return error as RefusedPackageError;
  }
  return expect.fail('it was not refused');
}
const refusalOf = (bytes: ModelBytes) => refusal(() => inspectModel(bytes, 'a stranger’s model'));
const text = (json: string) => ({ ...good, topology: new TextEncoder().encode(json) });

describe('inspectModel refuses', () => {
  it.each([...wiring, ...fields, ...shapes, ...weights])('%s', (_what, change, rule, found) => {
    const expected = typeof found === 'string' ? found : expect.stringMatching(found);
    const error = refusalOf(changed(good, change));
    expect(error).toMatchObject({ source: 'a stranger’s model', rule, found: expected });
    expect(error.found.length).toBeLessThan(300);
  });

  it('a number beyond all numbers', () => {
    const json = new TextDecoder().decode(good.topology).replace('"epsilon":0.001', '"epsilon":1e999');
    expect(refusalOf(text(json)).found).toBe(
      'epsilon of the layer norm is no finite number, word or list of such',
    );
  });

  it.each([
    ['', 'json', 'it is not JSON'],
    ['{"modelTopology":', 'json', 'it is not JSON'],
    ['null', 'topology', 'it is no object'],
    ['[1]', 'topology', 'it is no object'],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'json-depth', 'it is nested deeper than 64 levels'],
    ['{"modelTopology":1,"modelTopology":2}', 'json', 'it has the key "modelTopology" twice'],
    ['{"__proto__":1}', 'json', 'it has a key "__proto__"'],
  ])('the text %j', (json, rule, found) => {
    expect(refusalOf(text(json))).toMatchObject({ rule, found });
  });

  it('too many layers, and too many connections', () => {
    const many = changed(good, (json) => {
      const { config } = json.modelTopology;
      config.layers = Array.from({ length: LIMITS.layers + 1 }, (_, index) => ({
        ...config.layers[0],
        name: `in-${index}`,
        config: { ...config.layers[0].config, name: `in-${index}` },
      }));
    });
    expect(refusalOf(many)).toMatchObject({
      rule: 'shape',
      found: 'the model has 2049 layers and 2 connections',
    });
    const wide = changed(good, (_, layer) => {
      layer('sum').inbound_nodes = [Array.from({ length: LIMITS.connections }, () => ['norm', 0, 0, {}])];
    });
    expect(refusalOf(wide).found).toMatch(/^the model has 8 layers and 8200 connections$/);
  });

  it('more operations than a picture is worth', () => {
    const slow = changed(good, (_, layer) => {
      layer('pictures').config.batch_input_shape = [null, 1024, 1024, 3];
      Object.assign(layer('stem').config, { filters: 16, kernel_size: [400, 400], strides: [20, 20] });
    });
    expect(refusalOf(slow)).toMatchObject({
      rule: 'shape',
      found: expect.stringMatching(/windows of the layer stem/),
    });
    const slower = changed(good, (_, layer) => {
      layer('pictures').config.batch_input_shape = [null, 128, 128, 6];
      Object.assign(layer('stem').config, { filters: 1000, kernel_size: [40, 40] });
    });
    expect(refusalOf(slower)).toMatchObject({
      rule: 'shape',
      found: expect.stringMatching(/takes \d+ operations/),
    });
  });

  it('a Sequential as well, by its first layer', () => {
    expect(inspectModel(chain, 'x')).toMatchObject({
      inputs: [[3]],
      outputs: [[2]],
      parameters: 8,
      multiplyAdds: 6,
    });
    const first = (change: (config: Json) => void) =>
      refusalOf(changed(chain, (json) => change(json.modelTopology.config.layers[0].config))).found;
    expect(first((config) => (config.batch_input_shape = [null, null]))).toMatch(
      /input layer only:input is no whole/,
    );
    expect(first((config) => delete config.batch_input_shape)).toMatch(/input layer only:input has no shape/);
    expect(first((config) => (config.input_shape = [7]))).toMatch(/unknown field "input_shape"/);
  });

  it('weights of another file, where it is known', () => {
    const inspect = (path: string) =>
      inspectTopology(good.topology, { path, bytes: good.weights.length }, 'x');
    expect(inspect('net.weights.bin').outputs).toEqual([[5]]);
    expect(refusal(() => inspect('other.bin'))).toMatchObject({
      rule: 'file-name',
      found: 'it names net.weights.bin for its weights in place of other.bin',
    });
  });
});

describe('weight values', () => {
  const stored = async (values: Float32Array | Uint16Array | Uint8Array, quantization?: object) => {
    const bytes = { ...chain, weights: new Uint8Array(values.buffer.slice(0)) as Uint8Array<ArrayBuffer> };
    const network = changed(bytes, (json) => {
      for (const spec of json.weightsManifest[0].weights) spec.quantization = quantization;
    });
    return inspectModel(network, 'x');
  };

  it.each<[string, Float32Array | Uint16Array | Uint8Array, object | undefined]>([
    ['NaN', Float32Array.of(0, 0, 0, 0, 0, 0, 0, Number.NaN), undefined],
    ['infinity', Float32Array.of(0, 0, 0, 0, 0, 0, 0, Number.NEGATIVE_INFINITY), undefined],
    ['NaN in 16 bits', Uint16Array.of(0, 0, 0, 0, 0, 0, 0, 0x7e00), { dtype: 'float16' }],
    ['infinity in 16 bits', Uint16Array.of(0, 0, 0, 0, 0, 0, 0, 0xfc00), { dtype: 'float16' }],
    [
      'a scale beyond float32',
      Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0),
      { dtype: 'uint8', scale: 1e37, min: 3e38 },
    ],
    ['a scale beyond float32, downwards', new Uint8Array(8), { dtype: 'uint8', scale: -1e37, min: -3e38 }],
  ])('refuse %s', async (_what, values, quantization) => {
    await expect(stored(values, quantization)).rejects.toMatchObject({ rule: 'weight-values' });
  });

  it('take the largest that are finite', async () => {
    expect(await stored(new Float32Array(8).fill(-3.4028234663852886e38))).toBeDefined();
    expect(await stored(new Uint16Array(8).fill(0x7bff), { dtype: 'float16' })).toBeDefined();
    expect(await stored(new Uint8Array(8), { dtype: 'uint8', scale: 1e36, min: -1e38 })).toBeDefined();
  });

  it('are read where the file lies in a larger buffer', async () => {
    const values = new Uint8Array(await new Blob([new Uint8Array(3), chain.weights]).arrayBuffer()).subarray(
      3,
    );
    expect(inspectModel({ ...chain, weights: values }, 'x').parameters).toBe(8);
  });
});

describe('decodePackedModel', () => {
  it('leaves nothing behind, loaded or refused', async () => {
    await expectNoLeak(async () => {
      const { model: network } = await decodePackedModel(good, 'x');
      network.dispose();
    });
    const broken = changed(good, (_, layer) => {
      layer('stem').config.filters = 5;
    });
    await expectNoLeak(async () => {
      await expect(decodePackedModel(broken, 'x')).rejects.toThrow(RefusedPackageError);
    });
  });
});
