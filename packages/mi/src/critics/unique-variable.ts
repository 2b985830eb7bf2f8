import { engine, type Tensor, type Variable, variable } from '@tensorflow/tfjs';

/**
 * A trainable variable that takes over `initialValue`. Where the name is taken by another variable that is
 * still alive, `_1`, `_2` … is appended, as Layers models do: TensorFlow.js refuses equal names.
 */
export function uniqueVariable(initialValue: Tensor, name: string): Variable {
  const taken = engine().state.registeredVariables;
  let unique = name;
  for (let copy = 1; unique in taken; copy++) unique = `${name}_${copy}`;
  const created = variable(initialValue, true, unique);
  initialValue.dispose();
  return created;
}
