import {
  dispose,
  grad,
  io,
  type LayersModel,
  loadLayersModel,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Fusion } from '../bricks/fusions/fusion';
import { randomStream } from '../random/random-stream';
import { expectCloseArrays } from '../testing/close-arrays';
import { expectNoLeak } from '../testing/no-leak';

/**
 * What every fusion has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeFusion('hadamard', hadamard());
 */
export function describeFusion(name: string, fusion: Fusion): void {
  const features = 3;
  /** The lengths of t that it takes, of some. */
  const lengths = [...new Set([2, 3, 5].map((liked) => fusion.codeLength(features, liked)))];
  const draw = (key: string, rows: number, columns: number) =>
    tensor2d(randomStream(1, key, columns).normals(rows * columns), [rows, columns]);
  const pair = (rows: number, length: number): [Tensor2D, Tensor2D] => [
    draw('z', rows, features),
    draw('t', rows, length),
  ];
  /** Rows of numbers, of tensors that `make` makes. */
  const read = async (make: () => Tensor2D): Promise<number[][]> => {
    const made = tidy(make);
    const rows = await made.array();
    made.dispose();
    return rows;
  };

  describe(`${name} as a fusion`, () => {
    it('has a type that manifests take, and says what it does', () => {
      expect(fusion.type).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
      expect(fusion.formula).not.toBe('');
    });

    it('asks for codes of a length that it keeps to', () => {
      for (const length of lengths) expect(fusion.codeLength(features, length)).toBe(length);
    });

    it.each(lengths)('gives as much as it says, of codes of %d numbers', (length) => {
      const width = fusion.headLength(features, length);
      for (const rows of [4, 1, 0]) {
        const shape = tidy(() => fusion.fuse(...pair(rows, length)).shape);
        expect(shape).toEqual([rows, width]);
      }
    });

    it.each(lengths)('keeps pictures apart, of codes of %d numbers', async (length) => {
      const [first, ...rest] = await read(() => fusion.fuse(...pair(4, length)));
      const row = (tensor: Tensor2D, index: number) => tensor.slice([index, 0], [1, -1]);
      for (const [index, expected] of [first as number[], ...rest].entries()) {
        const [alone] = await read(() => {
          const [z, code] = pair(4, length);
          return fusion.fuse(row(z, index), row(code, index));
        });
        expect(alone).toEqual(expected);
      }
    });

    it.each(lengths)(
      'lets gradients through to z and t, or sees nothing of z, of codes of %d numbers',
      async (length) => {
        const inputs = pair(2, length);
        const weights = draw('weights', 2, fusion.headLength(features, length));
        const value = (z: Tensor2D, code: Tensor2D) => fusion.fuse(z, code).mul(weights).sum();
        const step = 0.01;
        for (const [position, given] of inputs.entries()) {
          const direction = draw('direction', 2, given.shape[1]);
          if (position === 0 && !fusion.formula.includes('z')) {
            const [own, other] = [given, direction].map((z) => () => fusion.fuse(z, inputs[1]));
            expect(await read(own as () => Tensor2D)).toEqual(await read(other as () => Tensor2D));
            direction.dispose();
            continue;
          }
          const shifted = (by: number) =>
            value(...(inputs.with(position, given.add(direction.mul(by))) as [Tensor2D, Tensor2D]));
          const slopes = await read(() => {
            const at = (own: Tensor) =>
              value(...(inputs.with(position, own as Tensor2D) as [Tensor2D, Tensor2D]));
            const gradient = grad(at)(given) as Tensor2D;
            const difference = shifted(step)
              .sub(shifted(-step))
              .div(2 * step);
            return gradient.mul(direction).sum().as2D(1, 1).concat(difference.as2D(1, 1), 1);
          });
          const [[slope, difference]] = slopes as [[number, number]];
          expectCloseArrays([slope], [difference], { absolute: 1e-3, relative: 1e-3 });
          expect(slope).not.toBe(0);
          direction.dispose();
        }
        dispose([...inputs, weights]);
      },
    );

    it.each(lengths)('is what its layer is, of codes of %d numbers', async (length) => {
      const model = await layerModel(fusion, features, length);
      const inputs = pair(4, length);
      const expected = await read(() => fusion.fuse(...inputs));
      expect(await read(() => model.predict(inputs) as Tensor2D)).toEqual(expected);
      dispose(inputs);
      model.dispose();
    });

    it('leaves what it takes, and nothing behind', () =>
      expectNoLeak(async () => {
        const inputs = pair(4, lengths[0] as number);
        fusion.fuse(...inputs).dispose();
        expect(inputs.map(({ isDisposed }) => isDisposed)).toEqual([false, false]);
        dispose(inputs);
      }));
  });
}

/** The fusion's layer as a model of `[z, t]`, read as files of models are. */
async function layerModel({ layer }: Fusion, features: number, code: number): Promise<LayersModel> {
  const inputs = [
    ['z', features],
    ['t', code],
  ] as const;
  const config = {
    name: 'suite',
    layers: [
      ...inputs.map(([name, length]) => ({
        name,
        class_name: 'InputLayer',
        config: { name, batch_input_shape: [null, length], dtype: 'float32' },
        inbound_nodes: [],
      })),
      ...(layer === undefined ? [] : [layer]).map((each) => ({
        name: 'fusion',
        class_name: each.className,
        config: { ...each.config, name: 'fusion' },
        inbound_nodes: [inputs.map(([name]) => [name, 0, 0, {}])],
      })),
    ],
    input_layers: inputs.map(([name]) => [name, 0, 0]),
    output_layers: [[layer === undefined ? 't' : 'fusion', 0, 0]],
  };
  const modelTopology = { class_name: 'Model', config, keras_version: 'suite', backend: 'tensor_flow.js' };
  return loadLayersModel(io.fromMemory({ modelTopology, weightSpecs: [], weightData: new ArrayBuffer(0) }));
}
