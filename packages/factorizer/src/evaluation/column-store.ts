import type { FeatureMatrix } from '@factornet/metrics';

/** Named matrices with one row per example, filled batch by batch. */
export class ColumnStore {
  readonly #blocks = new Map<string, { columns: number; data: Float32Array }>();

  constructor(readonly rows: number) {}

  write(name: string, startRow: number, columns: number, values: Float32Array): void {
    let block = this.#blocks.get(name);
    if (block === undefined) {
      block = { columns, data: new Float32Array(this.rows * columns) };
      this.#blocks.set(name, block);
    }
    block.data.set(values, startRow * columns);
  }

  has(name: string): boolean {
    return this.#blocks.has(name);
  }

  matrix(name: string): FeatureMatrix {
    const block = this.#blocks.get(name);
    if (block === undefined) throw new Error(`nothing was collected under "${name}"`);
    return { rows: this.rows, ...block };
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
