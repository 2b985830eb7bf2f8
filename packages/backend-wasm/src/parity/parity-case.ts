import * as tf from '@tensorflow/tfjs';
import { seededTensor } from '../testing/seeded-tensor';

/** Something that must come out equal on the CPU and the WASM backend. Plain code: it runs in Node and in browsers. */
export interface ParityCase {
  name: string;
  /** Makes its own inputs, the same ones each time. */
  run(): tf.Tensor[] | Promise<tf.Tensor[]>;
  /** Relative to the largest expected number; 1e-4 unless told. */
  tolerance?: number;
}

/** The value of `compute` and its gradient by every input, for an upstream gradient of fixed numbers. */
export function valueAndGradients<Inputs extends tf.Tensor[]>(
  compute: (...inputs: Inputs) => tf.Tensor,
  ...inputs: Inputs
): tf.Tensor[] {
  const value = compute(...inputs);
  const upstream = seededTensor(value.shape, 99);
  const gradients = tf.grads((...xs) => tf.cast(compute(...(xs as Inputs)), 'float32'))(inputs, upstream);
  return [value, ...gradients];
}

/** A case of value and gradients, whose inputs are made on the backend under test. */
export function gradientCase<Inputs extends tf.Tensor[]>(
  name: string,
  compute: (...inputs: Inputs) => tf.Tensor,
  inputs: () => [...NoInfer<Inputs>],
  tolerance?: number,
): ParityCase {
  return {
    name,
    run: () => valueAndGradients(compute, ...(inputs() as Inputs)),
    ...(tolerance !== undefined && { tolerance }),
  };
}
