import { ShapeMismatchError } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { LoadedFactor, LoadedTrunk } from './loaded';

type Shape = readonly (number | null)[];

/** @throws ShapeMismatchError if the model is not what its manifest says it is */
export function checkTrunkModel({ network, input, features, label }: LoadedTrunk): void {
  checkModel(network, label, 'the common model', [null, ...input.shape], [[null, features]]);
}

/**
 * @param inputShape of one picture, as the common-knowledge network takes it
 * @throws ShapeMismatchError if the models do not fit their task or the common-knowledge network
 */
export function checkFactorModels(factor: LoadedFactor, inputShape: Shape, commonFeatures: number): void {
  const { fusion, specific, head, task, kind, label } = factor;
  const length = fusion.codeLength(commonFeatures, specific.outputs[0]?.shape[1] ?? 0);
  const code = [null, length];
  checkModel(specific, label, 'the task-specific model', [null, ...inputShape], [code, code]);
  const fused = [null, fusion.headLength(commonFeatures, length)];
  checkModel(head, label, 'the head', fused, [[null, ...kind.outputShape(task)]]);
}

function checkModel(
  model: LayersModel,
  label: string,
  name: string,
  input: Shape,
  outputs: readonly Shape[],
): void {
  checkShape(`The input of ${name} of ${label}`, input, model.inputs[0]?.shape);
  outputs.forEach((output, index) => {
    const which = outputs.length > 1 ? `Output ${index + 1}` : 'The output';
    checkShape(`${which} of ${name} of ${label}`, output, model.outputs[index]?.shape);
  });
}

function checkShape(what: string, expected: Shape, received: Shape = []): void {
  const fits =
    received.length === expected.length &&
    expected.every((size, axis) => size === null || size === received[axis]);
  if (!fits) throw new ShapeMismatchError({ what, expected, received });
}
