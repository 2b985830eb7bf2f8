import { ColumnStore, type Dataset, eachBatch, type PassBatch } from '@factornet/data';
import { InvalidOptionError, type TaskKind } from '@factornet/spec';
import { dispose, type Tensor, type Tensor2D, type Tensor4D, tidy, util } from '@tensorflow/tfjs';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import type { TapReading } from '../objective/tap-reading';
import { type ProgressListener, reportPass } from '../training/progress';
import { askTeacher } from './ask-teacher';
import { hasLogits } from './find-logits';
import { areProbabilities } from './output-logits';
import type { Teacher } from './teacher';
import { arrangeAnswers, listAnswers, type TeacherAnswers } from './teacher-answers';

export interface LookedUp extends Pick<PassBatch, 'indices'> {
  /** Of these examples, unless answers are kept. */
  readonly images?: Tensor4D | undefined;
  /** What is to be known of taps, among what is kept of them. Default: nothing. */
  readonly readings?: readonly TapReading[] | undefined;
}

/** A teacher's answers to examples of one dataset; the caller disposes of them. */
export interface TeacherLookUp {
  (examples: LookedUp): Promise<TeacherAnswers>;
  /** Whether every answer is in memory, so that no picture is needed. */
  readonly kept?: boolean;
}

export interface TeacherCacheOptions {
  /** Kinds of the teacher's tasks. Default `trainableTaskKinds`. */
  kinds?: readonly TaskKind[] | undefined;
  /** What is kept of taps. */
  readings: readonly TapReading[];
  /** Most bytes to keep. Default 512 MiB. */
  teacherCacheBytes?: number | undefined;
  batchSize?: number;
  onProgress?: ProgressListener | undefined;
  signal?: AbortSignal | undefined;
}

/** Examples that are asked about first, to see what answers to all would take. */
const FIRST = 16;

/**
 * Asks a teacher about every example of a dataset and keeps the answers: it is frozen, so once is enough. Where they would
 * take more than `teacherCacheBytes`, none are kept, a note says so, and the teacher answers each look-up anew.
 *
 * @throws CancelledError
 * @throws InvalidOptionError for a teacher that answers with probabilities instead of logits, and for a limit that is none
 * @throws ShapeMismatchError if it answers with other shapes than it states
 */
export async function cacheTeacher(
  teacher: Teacher,
  data: Dataset,
  {
    kinds = trainableTaskKinds,
    readings,
    teacherCacheBytes = 2 ** 29,
    batchSize = 128,
    onProgress,
    signal,
  }: TeacherCacheOptions,
): Promise<TeacherLookUp> {
  if (!(teacherCacheBytes >= 0)) {
    throw new InvalidOptionError({
      option: 'teacherCacheBytes',
      expected: 'a number from 0',
      received: teacherCacheBytes,
    });
  }
  const ask: TeacherLookUp = ({ images, readings: wanted = [] }) =>
    askTeacher(teacher, wanted, images as Tensor4D, kinds);
  const pass = { operation: 'Evaluating the teacher', signal };
  // Of each answer, without the batch.
  let shapes: number[][] = [];
  const indices = Int32Array.from({ length: Math.min(FIRST, data.size) }, (_, index) => index);
  await eachBatch(data, { ...pass, indices }, async (examples) => {
    const answers = await ask({ indices, images: examples.images, readings });
    shapes = listAnswers(answers).map(({ shape }) => shape.slice(1));
    const logits = teacher.tasks.filter((task) => hasLogits(task, kinds)).map(({ name }) => name);
    await refuseProbabilities(answers, logits).finally(() => dispose(answers));
  });
  const bytes = 4 * data.size * shapes.map(util.sizeFromShape).reduce((sum, size) => sum + size, 0);
  if (bytes > teacherCacheBytes) {
    const [needed, allowed] = [bytes, teacherCacheBytes].map((count) => `${(count / 1e6).toFixed(1)} MB`);
    const message =
      `the teacher's answers to ${data.size} examples take ${needed}, more than the ${allowed} of teacherCacheBytes, ` +
      'so it answers each batch anew';
    onProgress?.({ type: 'note', stage: 'teacher', message });
    return ask;
  }
  const store = new ColumnStore(data.size);
  const all = { ...pass, batchSize, onProgress: reportPass('teacher', onProgress) };
  await eachBatch(data, all, async (examples) => {
    const answers = await ask({ indices: examples.indices, images: examples.images, readings });
    const rows = tidy(() =>
      listAnswers(answers).map((answer) => answer.reshape<Tensor2D>([examples.indices.length, -1])),
    );
    dispose(answers);
    await store.take(examples.start, Object.fromEntries(rows.entries()));
  });
  const recall: TeacherLookUp = async ({ indices: rows, readings: wanted = [] }) => {
    const columns = columnsOfAnswers(teacher, readings, wanted);
    const answers = tidy(() =>
      columns.map((column) =>
        store.gather(String(column), rows).reshape([rows.length, ...(shapes[column] as number[])]),
      ),
    );
    return arrangeAnswers(teacher, wanted.length, answers);
  };
  return Object.assign(recall, { kept: true });
}

/** Where the answers with these readings are in the list of those with all of them. */
function columnsOfAnswers(
  { taps, tasks }: Teacher,
  kept: readonly TapReading[],
  wanted: readonly TapReading[],
): number[] {
  const read = wanted.flatMap((reading) => {
    const place = kept.indexOf(reading);
    if (place < 0) throw new Error('a reading of taps that nobody asked to keep');
    return taps.map((_, index) => place * taps.length + index);
  });
  return [...read, ...tasks.map((_, index) => kept.length * taps.length + index)];
}

/** @param tasks whose answers are to be logits */
async function refuseProbabilities({ logits }: TeacherAnswers, tasks: readonly string[]): Promise<void> {
  for (const task of tasks) {
    const answer = logits[task] as Tensor;
    if (!areProbabilities(await answer.data<'float32'>(), answer.shape.at(-1) as number)) continue;
    throw new InvalidOptionError(
      {
        option: 'teacher',
        expected: 'a teacher that answers with logits',
        received: `probabilities for "${task}": no answer is negative, and each adds up to 1`,
      },
      { hint: 'Let it give what comes before its softmax, or the logarithm of its probabilities.' },
    );
  }
}
