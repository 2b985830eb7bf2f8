import { type Dataset, type EachBatchOptions, eachBatch, type Labels } from '@factornet/data';
import { askTeacher, type Teacher } from '@factornet/factorizer';
import { accuracy } from '@factornet/metrics';
import { type KindOptions, MISSING_LABEL, type TaskDescription, UnknownTaskError } from '@factornet/spec';
import { argMax, dispose, gather, type Tensor2D, tidy } from '@tensorflow/tfjs';

/** Which class of a label space each picture shows, as several factors say together. */
export interface JointAnswers {
  readonly labelSpace: string;
  /** Positions in the label space of the classes that they tell apart. */
  readonly indices: readonly number[];
  /** One such position per picture. */
  readonly predicted: readonly number[];
}

/** How often the factors of one label space are right together, choosing among all of their classes. */
export interface JointFigures {
  readonly labelSpace: string;
  /** How many classes they choose among. */
  readonly classes: number;
  readonly accuracy: {
    /** Of the teacher, choosing among the same classes. */
    readonly teacher: number;
    readonly assembly: number;
  };
}

/**
 * Holds what an assembly said jointly, wherever it ran, against the labels, and the teacher beside it.
 *
 * @throws UnknownTaskError if the teacher does not know the label space as a task
 * @throws ShapeMismatchError if it answers with another shape than it states
 */
export async function measureJoint(
  { labelSpace, indices, predicted }: JointAnswers,
  teacher: Teacher,
  test: Dataset,
  { kinds, ...pass }: Pick<EachBatchOptions, 'onProgress' | 'signal'> & KindOptions = {},
): Promise<JointFigures> {
  if (!teacher.tasks.some(({ name }) => name === labelSpace)) {
    throw new UnknownTaskError({ task: labelSpace, known: teacher.tasks.map(({ name }) => name) });
  }
  const labels = new Int32Array(test.size);
  const taught = new Int32Array(test.size);
  await eachBatch(test, { ...pass, batchSize: 100 }, async ({ images, examples, start }) => {
    labels.set(spaceLabels(labelSpace, test.tasks, examples.labels, examples.size), start);
    const answers = await askTeacher(teacher, [], images, kinds);
    const likeliest = tidy(() =>
      argMax(gather(answers.logits[labelSpace] as Tensor2D, Int32Array.from(indices), 1), 1),
    );
    dispose(answers);
    const chosen = await likeliest.data<'int32'>();
    likeliest.dispose();
    taught.set(
      chosen.map((column) => indices[column] as number),
      start,
    );
  });
  return {
    labelSpace,
    classes: indices.length,
    accuracy: { teacher: accuracy(taught, labels), assembly: accuracy(predicted, labels) },
  };
}

/** Labels in the whole label space, from those of tasks for parts of it; missing where no task has one. */
function spaceLabels(
  labelSpace: string,
  tasks: readonly TaskDescription[],
  labels: Labels,
  length: number,
): Int32Array {
  const whole = new Int32Array(length).fill(MISSING_LABEL);
  for (const { name, labelSpace: space } of tasks) {
    if (space?.name !== labelSpace) continue;
    labels[name]?.forEach((label, index) => {
      if (label !== MISSING_LABEL) whole[index] = space.indices[label] as number;
    });
  }
  return whole;
}
