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
 */
export function multiTaskClassifier({
  backbone,
  tasks,
  inputShape,
  seed,
  name,
  hidden = [],
}: MultiTaskClassifierOptions): LayersModel {
  const trunk = backbone.create({ inputShape, seed, name });
  const features = trunk.outputs[0] as SymbolicTensor;
  const outputs = tasks.map((task) => {
    const last = hiddenLayers(features, { units: hidden, seed, name: `${name}/hidden-${task.name}` });
    return dense(last, { name: `${name}/logits-${task.name}`, seed, units: task.classes });
  });
  return model({ name, inputs: trunk.inputs, outputs });
}
