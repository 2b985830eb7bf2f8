import { InvalidOptionError } from '@factornet/spec';
import { type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs';
import type { Backbone, BackboneRequest } from '../backbone';
import { dense } from '../backbones/blocks';
import { hiddenLayers } from './hidden-layers';

export interface MultiTaskClassifierOptions extends BackboneRequest {
  readonly backbone: Backbone;
  /** `classes` is their number. */
  readonly tasks: readonly { readonly name: string; readonly classes: number }[];
  /** Units of ReLU layers before each task's logits. Default none. */
  readonly hidden?: readonly number[];
}

/**
 * One backbone with a head per task, the shape of a teacher: pictures `[batch, height, width, channels]` to
 * one output of logits `[batch, classes]` per task, in the order of `tasks`, from the layers
 * `${name}/logits-${task}`.
 *
 * @throws InvalidOptionError naming an element of `tasks` that has no name or no number of classes
 */
export function multiTaskClassifier({
  backbone,
  tasks,
  inputShape,
  seed,
  name,
  hidden = [],
}: MultiTaskClassifierOptions): LayersModel {
  checkTaskSizes(tasks);
  const trunk = backbone.create({ inputShape, seed, name });
  const features = trunk.outputs[0] as SymbolicTensor;
  const outputs = tasks.map((task) => {
    const last = hiddenLayers(features, { units: hidden, seed, name: `${name}/hidden-${task.name}` });
    return dense(last, { name: `${name}/logits-${task.name}`, seed, units: task.classes });
  });
  return model({ name, inputs: trunk.inputs, outputs });
}

function checkTaskSizes(tasks: MultiTaskClassifierOptions['tasks']): void {
  const refuse = (option: string, expected: string, received: unknown) => {
    throw new InvalidOptionError({ option, expected, received });
  };
  if (!Array.isArray(tasks)) refuse('tasks', 'a list of { name, classes }', tasks);
  for (const [index, task] of tasks.entries()) {
    const { name, classes } = Object(task);
    if (typeof name !== 'string' || name === '') refuse(`tasks[${index}].name`, 'a text', name);
    if (!Number.isInteger(classes) || classes < 2) {
      refuse(`tasks[${index}].classes`, 'a number of classes, at least 2', classes);
    }
  }
}
