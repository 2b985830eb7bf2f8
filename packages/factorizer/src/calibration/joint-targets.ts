import { at, type FeatureMatrix } from '@factornet/core/samples';
import type { ColumnStore, Labels } from '@factornet/data';
import { softmaxOf } from '@factornet/metrics';
import type { JointSpace } from './joint-spaces';

/** The logits of all members side by side on the scale on which they compare, `[pictures, classes of all]`. */
export function scaledLogits({ members }: JointSpace, columns: ColumnStore): FeatureMatrix {
  const own = members.map(({ task, scale }) => ({ scale, logits: columns.matrix(task) }));
  return sideBySide(
    columns.rows,
    own.map(({ scale, logits }) => ({
      columns: logits.columns,
      value: (row, column) => scale * at(logits, row, column),
    })),
  );
}

/** 1 at the labelled class of each picture; rows of zeros have no label. In the order of {@link scaledLogits}. */
export function labelTargets({ members }: JointSpace, labels: Labels, rows: number): FeatureMatrix {
  return sideBySide(
    rows,
    members.map(({ task, indices }) => ({
      columns: indices.length,
      value: (row, column) => (labels[task]?.[row] === column ? 1 : 0),
    })),
  );
}

/** The teacher's probabilities over all of the label space, of the members' classes. In the order of {@link scaledLogits}. */
export function taughtTargets({ name, members }: JointSpace, columns: ColumnStore): FeatureMatrix {
  const whole = softmaxOf(columns.matrix(`teacher/${name}`));
  return sideBySide(
    columns.rows,
    members.map(({ indices }) => ({
      columns: indices.length,
      value: (row, column) => at(whole, row, indices[column] as number),
    })),
  );
}

interface Block {
  readonly columns: number;
  value(row: number, column: number): number;
}

function sideBySide(rows: number, blocks: readonly Block[]): FeatureMatrix {
  const width = blocks.reduce((sum, { columns }) => sum + columns, 0);
  const data = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let start = row * width;
    for (const { columns, value } of blocks) {
      for (let column = 0; column < columns; column++) data[start + column] = value(row, column);
      start += columns;
    }
  }
  return { rows, columns: width, data };
}
