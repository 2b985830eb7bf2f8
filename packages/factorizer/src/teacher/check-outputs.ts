import { InvalidOptionError, ShapeMismatchError, type TaskDescription, type TaskKind } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import type { LayersModel } from '@tensorflow/tfjs';

/**
 * Checks that a model has one output for each task, of the shape that its kind says: `[batch, classes]`.
 *
 * @throws ShapeMismatchError naming the output and its task
 * @throws InvalidOptionError if the model has more outputs than tasks
 */
export function checkOutputs(
  model: LayersModel,
  tasks: readonly TaskDescription[],
  kinds: readonly TaskKind[],
): void {
  for (const [index, task] of tasks.entries()) {
    const received = model.outputs[index]?.shape ?? [];
    const expected = [null, ...kindOf(task, kinds).outputShape(task)];
    const fits = expected.every((size, axis) => size === null || size === received[axis]);
    if (received.length === expected.length && fits) continue;
    throw new ShapeMismatchError({
      what: `the teacher's output ${index} (task "${task.name}")`,
      expected,
      received,
    });
  }
  if (model.outputs.length === tasks.length) return;
  throw new InvalidOptionError({
    option: 'tasks',
    expected: `one for each of the model's ${model.outputs.length} outputs, in their order (${model.outputs.map(({ name }) => name).join(', ')})`,
    received: tasks.map(({ name }) => name),
  });
}
