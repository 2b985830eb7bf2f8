import type { TaskKind } from '../task-kind';
import { type ClassificationTask, classificationSchema } from './classification-task';

/** Which class each picture of a batch shows. */
export interface ClassificationPrediction<Classes extends readonly string[] = readonly string[]> {
  readonly classes: Classes;
  /** The likeliest class of each picture. */
  readonly labels: Classes[number][];
  /** Its position in `classes`, `[batch]`. */
  readonly indices: Int32Array;
  /** Softmax of the logits, row by row, `[batch * classes]`. */
  readonly probabilities: Float32Array;
  /** `[batch * classes]` */
  readonly logits: Float32Array;
}

type Probable = Readonly<{ class: string; probability: number }>;

/** What is told of one picture; `top` of so many classes as were asked for, the most probable first. */
type ToldClass = Probable & Readonly<{ probabilities: Readonly<Record<string, number>>; top?: Probable[] }>;

/** Makes probabilities of logits, as a layer. */
export const softmax = { className: 'Softmax', config: { axis: -1 } };

/** One of several classes: softmax of logits `[batch, classes]`. */
export function classification(): TaskKind<ClassificationTask, ClassificationPrediction> {
  return {
    type: 'classification',
    schema: classificationSchema,
    score: 'accuracy',
    probabilities: softmax,
    facts: ({ classes }) => ({ classes }),
    outputShape: ({ classes }) => [classes.length],
    decode: (logits, { classes }) => classesOf(logits, classes),
    tell({ classes, labels, probabilities }, picture, { top } = {}): ToldClass {
      const own = probabilities.subarray(picture * classes.length, (picture + 1) * classes.length);
      const all = classes.map((name, index) => ({ class: name, probability: own[index] as number }));
      return {
        class: labels[picture] as string,
        probability: Math.max(...own),
        probabilities: Object.fromEntries(all.map((one) => [one.class, one.probability])),
        // Of equals the first, as for the one class that is told without it.
        ...(top !== undefined && { top: all.sort((a, b) => b.probability - a.probability).slice(0, top) }),
      };
    },
    columns: [{ heading: 'class' }, { heading: 'probability', isNumeric: true }],
    rows: (told) =>
      ((told as ToldClass).top ?? [told as ToldClass]).map((one) => [one.class, one.probability.toFixed(3)]),
    answer: ({ labels }, picture) => labels[picture] as string,
  };
}

/** Reads logits, `[batch * classes]`, as class names, probabilities and numbers. */
export function classesOf<Classes extends readonly string[]>(
  logits: Float32Array,
  classes: Classes,
): ClassificationPrediction<Classes> {
  const probabilities = new Float32Array(logits.length);
  const indices = new Int32Array(logits.length / classes.length);
  for (let picture = 0; picture < indices.length; picture++) {
    const start = picture * classes.length;
    const row = logits.subarray(start, start + classes.length);
    const likeliest = row.reduce((best, value, index) => (value > (row[best] as number) ? index : best), 0);
    const powers = Array.from(row, (value) => Math.exp(value - (row[likeliest] as number)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    powers.forEach((power, index) => {
      probabilities[start + index] = power / total;
    });
    indices[picture] = likeliest;
  }
  const labels = Array.from(indices, (index) => classes[index] as string);
  return { classes, labels, indices, probabilities, logits };
}
