import { customGrad, layers, min, serialization, type Tensor, tidy } from '@tensorflow/tfjs';

/** Inputs with one of these values in them end the thread that computes on them, or throw. */
export const FATAL = { exitForward: -1001, exitBackward: -1002, throwForward: -1003 } as const;

/** A custom layer that passes its input on, unless there is a fatal value in it. */
export class FragileLayer extends layers.Layer {
  static readonly className = 'FragileLayer';

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    const lowest = tidy(() => min(input).dataSync()[0]);
    if (lowest === FATAL.exitForward) process.exit(7);
    if (lowest === FATAL.throwForward) throw new Error('thrown on purpose');
    return customGrad((x) => ({
      value: (x as Tensor).clone(),
      gradFunc: (upstream: Tensor) => {
        if (lowest === FATAL.exitBackward) process.exit(8);
        return upstream.clone();
      },
    }))(input);
  }
}

serialization.registerClass(FragileLayer);
