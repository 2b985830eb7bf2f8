import { type CommonDescription, PICTURE, ShapeMismatchError } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { LoadedFactor, LoadedTrunk } from './loaded';

type Shape = readonly (number | null)[];

/** @throws ShapeMismatchError if the model is not what its manifest says it is */
export function checkTrunkModel({ network, input, features, maps, label }: LoadedTrunk): void {
  const outputs = [[features], ...maps.map(({ shape }) => shape)];
  checkModel(network, label, 'the common model', [input.shape], outputs);
}

/**
 * @param common what the common-knowledge network takes and offers
 * @throws ShapeMismatchError if the models do not fit their task or the common-knowledge network, or it lacks a map
 */
export function checkFactorModels(
  { code, description, fusion, specific, head, task, kind, label }: LoadedFactor,
  common: Pick<CommonDescription, 'input' | 'features' | 'maps'>,
): void {
  const commonFeatures = common.features.shape[0];
  const { length } = description.code;
  checkShape(`The code of ${label}`, [null, fusion.codeLength(commonFeatures, length)], [null, length]);
  const read = description.reads.map(({ from }) =>
    from === PICTURE ? common.input.shape : (common.maps.find(({ name }) => name === from)?.shape ?? []),
  );
  const codes = code.outputLengths(length).map((each) => [each]);
  checkModel(specific, label, 'the task-specific model', read, codes);
  const fused = [fusion.headLength(commonFeatures, length)];
  checkModel(head, label, 'the head', [fused], [kind.outputShape(task)]);
}

function checkModel(
  model: LayersModel,
  label: string,
  name: string,
  inputs: readonly Shape[],
  outputs: readonly Shape[],
): void {
  const check = (what: string, expected: readonly Shape[], received: readonly { readonly shape: Shape }[]) =>
    expected.forEach((shape, index) => {
      const which = expected.length > 1 ? `${what} ${index + 1}` : `The ${what.toLowerCase()}`;
      checkShape(`${which} of ${name} of ${label}`, [null, ...shape], received[index]?.shape);
    });
  check('Input', inputs, model.inputs);
  check('Output', outputs, model.outputs);
}

function checkShape(what: string, expected: Shape, received: Shape = []): void {
  const fits =
    received.length === expected.length &&
    expected.every((size, axis) => size === null || size === received[axis]);
  if (!fits) throw new ShapeMismatchError({ what, expected, received });
}
