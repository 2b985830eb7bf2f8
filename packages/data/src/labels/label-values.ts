import type { Dataset, ExampleBatch, Labels, LabelValues } from '../dataset';

/**
 * Writes the labels of a batch where they belong among those of all examples, which the first batch makes.
 *
 * @param data the tasks that it labels, and how many examples there are in all
 * @param positions of the batch's examples among them
 */
export function writeLabels(
  all: Record<string, LabelValues>,
  data: Pick<Dataset, 'tasks' | 'size'>,
  { labels, size }: Pick<ExampleBatch, 'labels' | 'size'>,
  positions: ArrayLike<number>,
): void {
  for (const { name: task } of data.tasks) {
    const values = labels[task] as LabelValues;
    const each = size === 0 ? 0 : values.length / size;
    all[task] ??= emptyLike(values, each * data.size);
    for (let example = 0; example < size; example++) {
      const label = values.subarray(example * each, (example + 1) * each);
      all[task].set(label, each * (positions[example] as number));
    }
  }
}

/** The labels of some of `examples` examples, in this order. */
export function labelsAt(labels: Labels, examples: number, indices: ArrayLike<number>): Labels {
  return Object.fromEntries(
    Object.entries(labels).map(([task, values]) => {
      const each = examples === 0 ? 0 : values.length / examples;
      const chosen = emptyLike(values, each * indices.length);
      for (let position = 0; position < indices.length; position++) {
        const start = each * (indices[position] as number);
        chosen.set(values.subarray(start, start + each), each * position);
      }
      return [task, chosen];
    }),
  );
}

function emptyLike(values: LabelValues, length: number): LabelValues {
  return values instanceof Int32Array ? new Int32Array(length) : new Float32Array(length);
}
