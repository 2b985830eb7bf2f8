import { InvalidOptionError, ShapeMismatchError, type TaskDescription } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';

/**
 * Checks that a model has one output `[batch, classes]` for each task.
 *
 * @throws ShapeMismatchError naming the output and its task
 * @throws InvalidOptionError if the model has more outputs than tasks
 */
export function checkOutputs(model: LayersModel, tasks: readonly TaskDescription[]): void {
  for (const [index, task] of tasks.entries()) {
    const received = model.outputs[index]?.shape ?? [];
    if (received.length === 2 && received[1] === task.classes.length) continue;
    throw new ShapeMismatchError({
      what: `the teacher's output ${index} (task "${task.name}")`,
      expected: [null, task.classes.length],
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
