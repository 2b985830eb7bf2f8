import { ColumnStore, type Dataset, type EachBatchOptions, eachBatch, type Labels } from '@factornet/data';
import { askTeacher, type Teacher } from '@factornet/factorizer';
import {
  accuracy,
  argmaxRows,
  type Calibration,
  type FeatureMatrix,
  measureCalibration,
} from '@factornet/metrics';
import { type KindOptions, MISSING_LABEL, type TaskDescription, UnknownTaskError } from '@factornet/spec';
import { dispose, gather, softmax, type Tensor2D, tidy } from '@tensorflow/tfjs';

/** What several factors of one label space say together of every picture. */
export interface JointAnswers {
  readonly labelSpace: string;
  /** Positions in the label space of the classes that they tell apart. */
  readonly indices: readonly number[];
  /** Of these classes, `[pictures × classes]`. */
  readonly probabilities: ArrayLike<number>;
  /** What the logits were divided by to make them. Default 1. */
  readonly temperature?: number | undefined;
}

/** How good the factors of one label space are together, choosing among all of their classes. */
export interface JointFigures {
  readonly labelSpace: string;
  /** How many classes they choose among. */
  readonly classes: number;
  readonly accuracy: {
    /** Of the teacher, choosing among the same classes. */
    readonly teacher: number;
    readonly assembly: number;
  };
  /** What the logits were divided by, so that the assembly is as sure as it is right. */
  readonly temperature: number;
  readonly calibration: {
    /** Of the teacher's softmax over the same classes. */
    readonly teacher: Calibration;
    /** Of the assembly at a temperature of 1. */
    readonly before: Calibration;
    readonly assembly: Calibration;
  };
}

export interface MeasureJointOptions extends Pick<EachBatchOptions, 'onProgress' | 'signal'>, KindOptions {
  /** Of the errors of calibration. Default 0. */
  readonly seed?: number;
}

/**
 * Holds what an assembly said jointly, wherever it ran, against the labels, and the teacher beside it: how often it is
 * right, and whether it is as sure as that. Pictures of other classes do not count.
 *
 * @throws UnknownTaskError if the teacher does not know the label space as a task
 * @throws ShapeMismatchError if it answers with another shape than it states
 * @throws InvalidOptionError if no picture is labelled with one of the classes
 */
export async function measureJoint(
  { labelSpace, indices, probabilities, temperature = 1 }: JointAnswers,
  teacher: Teacher,
  test: Dataset,
  { kinds, seed = 0, ...pass }: MeasureJointOptions = {},
): Promise<JointFigures> {
  if (!teacher.tasks.some(({ name }) => name === labelSpace)) {
    throw new UnknownTaskError({ task: labelSpace, known: teacher.tasks.map(({ name }) => name) });
  }
  const labels = new Int32Array(test.size);
  const taught = new ColumnStore(test.size);
  await eachBatch(test, { ...pass, batchSize: 100 }, async ({ images, examples, start }) => {
    const inSpace = spaceLabels(labelSpace, test.tasks, examples.labels, examples.size);
    labels.set(
      inSpace.map((label) => indices.indexOf(label)),
      start,
    );
    const answers = await askTeacher(teacher, [], images, kinds);
    const shares = tidy(() =>
      softmax(gather(answers.logits[labelSpace] as Tensor2D, Int32Array.from(indices), 1)),
    );
    dispose(answers);
    await taught.take(start, { shares });
  });
  const said = { rows: test.size, columns: indices.length, data: Float64Array.from(probabilities) };
  const ofTeacher = taught.matrix('shares');
  const calibrationOf = (shares: FeatureMatrix) => measureCalibration(shares, labels, { seed });
  return {
    labelSpace,
    classes: indices.length,
    accuracy: {
      teacher: accuracy(argmaxRows(ofTeacher), labels),
      assembly: accuracy(argmaxRows(said), labels),
    },
    temperature,
    calibration: {
      teacher: calibrationOf(ofTeacher),
      before: calibrationOf(sharpened(said, temperature)),
      assembly: calibrationOf(said),
    },
  };
}

/** `p^power`, to a sum of 1: of a softmax, the softmax of logits times that. */
function sharpened({ rows, columns, data }: FeatureMatrix, power: number): FeatureMatrix {
  const powers = Float64Array.from(data, (share) => share ** power);
  for (let row = 0; row < rows; row++) {
    const own = powers.subarray(row * columns, (row + 1) * columns);
    const total = own.reduce((sum, share) => sum + share, 0);
    own.set(own.map((share) => share / total));
  }
  return { rows, columns, data: powers };
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
