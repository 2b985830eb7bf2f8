import {
  dispose,
  io,
  type LayersModel,
  loadLayersModel,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Code, CodeType } from '../bricks/codes/code';
import { seededNoise } from '../bricks/codes/seeded-noise';
import { randomStream } from '../random/random-stream';
import { expectCloseArrays } from '../testing/close-arrays';
import { expectNoLeak } from '../testing/no-leak';

type Row = readonly number[];

/** What a code is held against. */
export interface CodeTruth {
  /** How it is made of what manifests say. */
  readonly type: CodeType;
  /** Its definition: t of one picture, of that picture's row in each output and of its noise. */
  readonly ships: (outputs: readonly Row[], noise: Row) => Row;
}

const LENGTHS = [1, 4];

/**
 * What every code has to hold, as a vitest suite on the current backend.
 *
 * @example
 * const type = { type: 'signs', create: signs };
 * describeCode('signs', signs(), { type, ships: ([a]) => a.map((value) => (value < 0 ? -1 : 1)) });
 */
export function describeCode(name: string, code: Code, { type, ships }: CodeTruth): void {
  const noise = seededNoise({ key: name });
  const lengthsOf = (length: number) => code.outputLengths(length).slice(0, code.shippedOutputs);
  const drawRows = (count: number, length: number): Row[][] => {
    const stream = randomStream(1, name, length);
    return Array.from({ length: count }, () => lengthsOf(length).map((width) => [...stream.normals(width)]));
  };
  /** What it ships for pictures, given by the rows of their outputs. */
  const ship = async (pictures: readonly (readonly Row[])[], length: number): Promise<number[][]> => {
    const shipped = tidy(() => {
      const outputs = lengthsOf(length).map((width, output) =>
        tensor2d(Float32Array.from(pictures.flatMap((rows) => rows[output] as Row)), [
          pictures.length,
          width,
        ]),
      );
      return code.ship(outputs, noise).clone();
    });
    expect(shipped.shape).toEqual([pictures.length, length]);
    const rows = await shipped.array();
    shipped.dispose();
    return rows;
  };

  describe(`${name} as a code`, () => {
    it('has a type that manifests take, and comes back from what they say of it', () => {
      expect(code.type).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
      expect(type.type).toBe(code.type);
      const again = type.create(JSON.parse(JSON.stringify(code.settings)));
      expect([again.type, again.settings, again.gaussian, again.shippedOutputs]).toEqual([
        code.type,
        code.settings,
        code.gaussian,
        code.shippedOutputs,
      ]);
      for (const length of LENGTHS) {
        expect(again.outputLengths(length)).toEqual(code.outputLengths(length));
        expect(again.capacity(length)).toBe(code.capacity(length));
      }
    });

    it.each(LENGTHS)('says what it is made of, and what it can tell, of %d numbers', (length) => {
      const lengths = code.outputLengths(length);
      expect(lengths.every((each) => Number.isInteger(each) && each > 0)).toBe(true);
      expect(code.shippedOutputs).toBeGreaterThan(0);
      expect(code.shippedOutputs).toBeLessThanOrEqual(lengths.length);
      expect(code.capacity(length)).toBeGreaterThanOrEqual(0);
      // A mean and a log-variance of each number.
      if (code.gaussian) expect(lengths).toEqual([length, length]);
    });

    it.each(LENGTHS)('ships what its definition says, picture by picture, of %d numbers', async (length) => {
      const pictures = drawRows(6, length);
      const drawn = tidy(() => noise([6, length]));
      const noises = await drawn.array();
      drawn.dispose();
      const shipped = await ship(pictures, length);
      pictures.forEach((outputs, index) => {
        expectCloseArrays(shipped[index] as Row, ships(outputs, noises[index] as Row), { absolute: 1e-5 });
      });
      expect(await ship(pictures.slice(0, 1), length)).toEqual(shipped.slice(0, 1));
      expect(await ship([], length)).toEqual([]);
    });

    it.each(LENGTHS)(
      'ships finite numbers, and no more codes than it says, of %d numbers',
      async (length) => {
        const widths = lengthsOf(length);
        const filled = (value: number) => widths.map((width) => Array.from({ length: width }, () => value));
        const scaled = (pictures: Row[][], factor: number) =>
          pictures.map((outputs) => outputs.map((row) => row.map((value) => factor * value)));
        const drawn = drawRows(60, length);
        const shipped = await ship(
          [
            ...drawn,
            ...scaled(drawn.slice(0, 20), 1e30),
            ...scaled(drawn.slice(0, 20), 1e-30),
            // Ties of whole numbers.
            ...drawn.slice(0, 30).map((outputs) => outputs.map((row) => row.map(Math.round))),
            ...[0, -0, 1, -1, 1e-45, 3e38, -3e38].map(filled),
          ],
          length,
        );
        expect(shipped.flat().every(Number.isFinite)).toBe(true);
        const different = new Set(shipped.map((row) => row.join()));
        expect(different.size).toBeLessThanOrEqual(Math.exp(code.capacity(length)) * (1 + 1e-9));
      },
    );

    it.each(code.layers === undefined ? [] : LENGTHS)(
      'is what its layers make, also of a file, of %d numbers',
      async (length) => {
        const pictures = drawRows(40, length);
        const more = pictures.map((outputs) => outputs.map((row) => row.map((value) => 1e6 * value)));
        const less = pictures.map((outputs) => outputs.map((row) => row.map((value) => 1e-6 * value)));
        const all = [...pictures, ...more, ...less];
        const expected = await ship(all, length);
        const [width] = lengthsOf(length) as [number];
        const model = await layerModel(code, width);
        const again = await saved(model);
        const inputs = tensor2d(Float32Array.from(all.flatMap(([row]) => row as Row)), [all.length, width]);
        for (const each of [model, again]) {
          const made = each.predict(inputs) as Tensor2D;
          expect(await made.array()).toEqual(expected);
          made.dispose();
          each.dispose();
        }
        inputs.dispose();
      },
    );

    it('leaves what it takes, and nothing behind', () =>
      expectNoLeak(async () => {
        const inputs = lengthsOf(3).map((width) => tensor2d([Array.from({ length: width }, () => 1)]));
        tidy(() => void code.ship(inputs, noise));
        expect(inputs.every(({ isDisposed }) => !isDisposed)).toBe(true);
        dispose(inputs);
      }));
  });
}

/** The code's layers as a model of its first output, read as files of models are. */
async function layerModel({ layers = [] }: Code, width: number): Promise<LayersModel> {
  const named = layers.map(({ className, config }, index) => ({ name: `code-${index}`, className, config }));
  const input = { name: 'output', batch_input_shape: [null, width], dtype: 'float32' };
  const config = {
    name: 'suite',
    layers: [
      { name: 'output', class_name: 'InputLayer', config: input, inbound_nodes: [] },
      ...named.map(({ name, className, config }, index) => ({
        name,
        class_name: className,
        config: { ...config, name },
        inbound_nodes: [[[named[index - 1]?.name ?? 'output', 0, 0, {}]]],
      })),
    ],
    input_layers: [['output', 0, 0]],
    output_layers: [[named.at(-1)?.name ?? 'output', 0, 0]],
  };
  const modelTopology = { class_name: 'Model', config, keras_version: 'suite', backend: 'tensor_flow.js' };
  return loadLayersModel(io.fromMemory({ modelTopology, weightSpecs: [], weightData: new ArrayBuffer(0) }));
}

/** The model after its way through a file. */
async function saved(model: LayersModel): Promise<LayersModel> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return loadLayersModel(io.fromMemory(artifacts as io.ModelArtifacts));
}
