import type { FeatureMatrix } from '@factornet/core/samples';
import { type Tensor, type Tensor2D, tensor2d } from '@tensorflow/tfjs';

/** What networks answer to a dataset: named matrices with one row per example, filled batch by batch. */
export class ColumnStore {
  readonly #blocks = new Map<string, { columns: number; data: Float32Array }>();

  constructor(readonly rows: number) {}

  /**
   * Reads tensors `[batch, columns]`, or `[batch, …]` as so many columns, into the rows from `startRow` on, and disposes of them.
   *
   * @param check called for each before any is kept; may throw
   */
  async take(
    startRow: number,
    outputs: Readonly<Record<string, Tensor>>,
    check?: (name: string, values: Float32Array, columns: number) => void,
  ): Promise<void> {
    const read = [];
    for (const [name, tensor] of Object.entries(outputs)) {
      read.push({
        name,
        columns: tensor.size / Math.max(1, tensor.shape[0] ?? 1),
        values: await tensor.data<'float32'>(),
      });
      tensor.dispose();
    }
    for (const { name, columns, values } of read) check?.(name, values, columns);
    for (const { name, columns, values } of read) this.#write(name, startRow, columns, values);
  }

  #write(name: string, startRow: number, columns: number, values: Float32Array): void {
    let block = this.#blocks.get(name);
    if (block === undefined) {
      block = { columns, data: new Float32Array(this.rows * columns) };
      this.#blocks.set(name, block);
    }
    block.data.set(values, startRow * columns);
  }

  /** Whether anything was taken under this name. */
  has(name: string): boolean {
    return this.#blocks.has(name);
  }

  /** @throws Error if nothing was taken under this name */
  matrix(name: string): FeatureMatrix {
    return { rows: this.rows, ...this.#block(name) };
  }

  /** Some rows as a tensor `[rows, columns]`, which the caller disposes of. @throws Error as `matrix` */
  gather(name: string, rows: Int32Array): Tensor2D {
    const { columns, data } = this.#block(name);
    const values = new Float32Array(rows.length * columns);
    for (const [index, row] of rows.entries()) {
      values.set(data.subarray(row * columns, (row + 1) * columns), index * columns);
    }
    return tensor2d(values, [rows.length, columns]);
  }

  #block(name: string) {
    const block = this.#blocks.get(name);
    if (block === undefined) throw new Error(`nothing was collected under "${name}"`);
    return block;
  }

  /** All matrices whose name starts with `prefix`, side by side. */
  joined(prefix: string): FeatureMatrix {
    const blocks = [...this.#blocks].filter(([name]) => name.startsWith(prefix)).map(([, block]) => block);
    const columns = blocks.reduce((total, block) => total + block.columns, 0);
    const data = new Float32Array(this.rows * columns);
    let offset = 0;
    for (const block of blocks) {
      for (let row = 0; row < this.rows; row++) {
        const values = block.data.subarray(row * block.columns, (row + 1) * block.columns);
        data.set(values, row * columns + offset);
      }
      offset += block.columns;
    }
    return { rows: this.rows, columns, data };
  }
}
