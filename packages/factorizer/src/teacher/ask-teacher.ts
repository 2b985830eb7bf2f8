import { HeapFullError, ShapeMismatchError, type TaskKind } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { concat, dispose, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import type { TapReading } from '../objective/tap-reading';
import type { Teacher } from './teacher';
import { arrangeAnswers, listAnswers, type TeacherAnswers } from './teacher-answers';

/**
 * Asks a teacher about pictures and reads its taps: of maps, only what the readings make of them stays. Where the WASM
 * heap has no room for all pictures, it asks about one half after the other.
 *
 * @param kinds of the teacher's tasks
 * @throws ShapeMismatchError if an answer has another shape than the teacher states
 * @throws HeapFullError if there is no room for one picture
 */
export async function askTeacher(
  teacher: Teacher,
  readings: readonly TapReading[],
  images: Tensor4D,
  kinds: readonly TaskKind[] = trainableTaskKinds,
): Promise<TeacherAnswers> {
  const [count] = images.shape;
  try {
    return await askAtOnce(teacher, readings, images, kinds);
  } catch (error) {
    if (count < 2 || !HeapFullError.isInstance(error)) throw error;
  }
  const middle = count >> 1;
  const halves: TeacherAnswers[] = [];
  try {
    for (const [start, end] of [
      [0, middle],
      [middle, count],
    ] as const) {
      const half = images.slice(start, end - start);
      halves.push(await askTeacher(teacher, readings, half, kinds).finally(() => half.dispose()));
    }
    const [first = [], second = []] = halves.map(listAnswers);
    const joined = tidy(() => first.map((answer, index) => concat([answer, second[index] as Tensor])));
    return arrangeAnswers(teacher, readings.length, joined);
  } finally {
    dispose(halves);
  }
}

async function askAtOnce(
  teacher: Teacher,
  readings: readonly TapReading[],
  images: Tensor4D,
  kinds: readonly TaskKind[],
): Promise<TeacherAnswers> {
  const { features, logits } = await teacher.evaluate(images);
  const [batch] = images.shape;
  try {
    const answers = tidy(() => {
      const taps = teacher.taps.map((tap) =>
        checked(tap, features[tap], [batch, ...(teacher.tapShapes[tap] ?? [])]),
      );
      return [
        // A reading may hand out the map itself, which is the teacher's.
        ...readings.flatMap((read) => taps.map((tap) => own(read(tap), tap))),
        ...teacher.tasks.map((task) =>
          checked(task.name, logits[task.name], [batch, ...kindOf(task, kinds).outputShape(task)]).clone(),
        ),
      ];
    });
    return arrangeAnswers(teacher, readings.length, answers);
  } finally {
    dispose({ features, logits });
  }
}

function own(reading: Tensor, tap: Tensor): Tensor {
  return reading === tap ? tap.clone() : reading;
}

function checked(name: string, answer: Tensor | undefined, expected: number[]): Tensor {
  if (answer?.shape.join() === expected.join()) return answer;
  const what = `what the teacher answers for "${name}"`;
  throw new ShapeMismatchError({ what, expected, received: answer?.shape ?? [] });
}
