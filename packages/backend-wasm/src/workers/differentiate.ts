import { dispose, engine, type Scalar, type Tensor, type Variable } from '@tensorflow/tfjs';
import type { OutputsMessage } from './protocol';
import { readTensors, sizeOf, writeTensors } from './shared-memory';

/** What a model computed on the whole batch, as `model.apply` returns it. */
export type ReplicaOutput = Tensor | Tensor[];

/** Evaluates what is minimised, on the whole batch; any other variables it uses are its own. */
export type ReplicaObjective = (outputs: ReplicaOutput[]) => Scalar;

/**
 * Puts the workers' outputs together, differentiates the objective with respect to them and to variables of this
 * thread, and writes the outputs' gradients to where each worker waits for its rows.
 *
 * @returns the objective's value, and the variables' gradients; the caller disposes of them
 */
export function differentiateOutputs(
  messages: readonly OutputsMessage[],
  objective: ReplicaObjective,
  variables: readonly Variable[],
): { value: Scalar; grads: (Tensor | undefined)[] } {
  const { outputs, sizes } = assemble(messages);
  try {
    const leaves = outputs.flat();
    const { value, grads } = engine().gradients(
      () => objective(outputs.map((list) => (list.length === 1 ? (list[0] as Tensor) : list))),
      [...leaves, ...variables],
      undefined,
      true,
    ) as { value: Scalar; grads: (Tensor | undefined)[] };
    const upstream = grads.slice(0, leaves.length);
    try {
      if (value.rank !== 0) {
        value.dispose();
        dispose(grads.slice(leaves.length).filter((grad) => grad !== undefined));
        throw new Error(
          `The objective must return a scalar, but it returned a tensor of shape [${value.shape}].`,
        );
      }
      scatter(upstream, messages, sizes);
    } finally {
      dispose(upstream.filter((grad) => grad !== undefined));
    }
    return { value, grads: grads.slice(leaves.length) };
  } finally {
    dispose(outputs.flat());
  }
}

/** Full-batch outputs per model, and the elements per worker and output. */
function assemble(messages: readonly OutputsMessage[]) {
  const shapes = (messages[0] as OutputsMessage).shapes;
  const sizes = messages.map((message) => message.shapes.flat().map(sizeOf));
  const rows = messages.map((message) => message.shapes.flat()[0]?.[0] as number);
  const batch = rows.reduce((sum, count) => sum + count, 0);
  const starts = messages.map(() => 0);
  let position = 0;
  const outputs = shapes.map((list) =>
    list.map((shape) => {
      const full = [batch, ...shape.slice(1)];
      const values = new Float32Array(sizeOf(full));
      let filled = 0;
      messages.forEach((message, worker) => {
        const size = sizes[worker]?.[position] as number;
        const start = starts[worker] as number;
        values.set(new Float32Array(message.values).subarray(start, start + size), filled);
        starts[worker] = start + size;
        filled += size;
      });
      position += 1;
      return readTensors(values, [full])[0] as Tensor;
    }),
  );
  return { outputs, sizes };
}

/** Gives each worker the rows of the gradients that belong to its outputs. */
function scatter(
  upstream: readonly (Tensor | undefined)[],
  messages: readonly OutputsMessage[],
  sizes: readonly number[][],
): void {
  const total = (output: number) => sizes.reduce((sum, own) => sum + (own[output] as number), 0);
  const starts = messages.map(() => 0);
  upstream.forEach((gradient, output) => {
    const values = new Float32Array(total(output));
    writeTensors(values, [gradient], [values.length]);
    let taken = 0;
    messages.forEach(({ gradients, reached }, worker) => {
      const size = sizes[worker]?.[output] as number;
      const start = starts[worker] as number;
      new Float32Array(gradients).set(values.subarray(taken, taken + size), start);
      new Uint8Array(reached)[output] = gradient === undefined ? 0 : 1;
      starts[worker] = start + size;
      taken += size;
    });
  });
}
