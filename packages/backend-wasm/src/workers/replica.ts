import { createHash } from 'node:crypto';
import {
  addN,
  engine,
  io,
  type LayersModel,
  loadLayersModel,
  memory,
  type Scalar,
  scalar,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs';
import { checkWeights } from './model-spec';
import type { OutputsMessage, ReplicaReport, ReplicaSettings, StepMessage } from './protocol';
import { reduceSlice } from './reduce-slice';
import { readRows, readTensors, reusedBuffer, sizeOf, writeTensors } from './shared-memory';
import { synchronization } from './synchronization';

/** A worker's copy of the models. */
export interface Replica {
  /** Blocks until the step is over; `publish` is called from within the forward pass. */
  step(message: StepMessage, publish: (outputs: OutputsMessage) => void): void;
  report(): ReplicaReport;
}

/** Rebuilds the models. @throws Error if one has a layer that this thread does not know */
export async function createReplica(settings: ReplicaSettings): Promise<Replica> {
  const { index, models: specs, partials } = settings;
  const models: LayersModel[] = [];
  for (const spec of specs) {
    const model = await loadLayersModel(io.fromMemory({ modelTopology: spec.topology })).catch((cause) => {
      throw new Error(`the model '${spec.name}' cannot be rebuilt: ${(cause as Error).message}`, { cause });
    });
    checkWeights(model, spec);
    models.push(model);
  }
  const read = (weights: LayersModel['weights']) => weights.map((weight) => weight.read() as Variable);
  const trainable = models.flatMap((model) => read(model.trainableWeights));
  const fixed = models.flatMap((model) => read(model.nonTrainableWeights));
  const all = [...trainable, ...fixed];
  const gradientSizes = trainable.map(({ size }) => size);
  const weights = new Float32Array(settings.weights);
  const regions = partials.map((partial) => new Float32Array(partial));
  const own = regions[index] as Float32Array;
  const meeting = synchronization(settings.control);
  const memoryOf = { values: reusedBuffer(), gradients: reusedBuffer(), reached: reusedBuffer() };

  const loadWeights = () =>
    tidy(() => {
      const shapes = all.map(({ shape }) => shape);
      readTensors(weights, shapes).forEach((value, position) => {
        // A new tensor, never the old one's memory: XNNPACK keeps packed weights per data id.
        (all[position] as Variable).assign(value);
      });
    });

  /** The vector–Jacobian product, as the gradient of `Σ outputs · gradient` at the outputs just published. */
  const contract = (outputs: readonly Tensor[], { gradients, reached }: OutputsMessage): Scalar => {
    if (meeting.waitForPhase(index) === 'abandoned') return scalar(0);
    const flags = new Uint8Array(reached);
    const upstream = readTensors(
      new Float32Array(gradients),
      outputs.map(({ shape }) => shape),
    );
    const products = outputs.flatMap((output, position) =>
      flags[position] ? [output.mul<Scalar>(upstream[position] as Tensor).sum<Scalar>()] : [],
    );
    return products.length === 0 ? scalar(0) : addN(products);
  };

  return {
    step: ({ inputs, reads, rows }, publish) =>
      tidy(() => {
        loadWeights();
        const tensors = inputs.map(readRows);
        const { grads } = engine().gradients(
          () => {
            const outputs = models.map((model, position) => {
              const given = (reads[position] ?? []).map((input) => tensors[input] as Tensor);
              return applied(model, given, rows[index] as number);
            });
            const message = messageOfOutputs(outputs, memoryOf);
            publish(message);
            return contract(outputs.flat(), message);
          },
          trainable,
          undefined,
          true,
        );
        const behind = writeTensors(own, grads as (Tensor | undefined)[], gradientSizes);
        writeTensors(
          own,
          fixed,
          fixed.map(({ size }) => size),
          behind,
        );
        const active = rows.filter((count) => count > 0).length;
        if (active === 1) return;
        meeting.meet(active);
        reduceSlice({ partials: regions.slice(0, active), rows, gradients: behind, worker: index });
      }),
    report() {
      loadWeights();
      const hash = createHash('sha256');
      for (const variable of all) hash.update(variable.dataSync<'float32'>());
      const { wasm } = engine().backend as unknown as { wasm: { HEAPU8: Uint8Array } };
      return {
        digest: hash.digest('hex'),
        tensors: memory().numTensors,
        heapBytes: wasm.HEAPU8.buffer.byteLength,
      };
    },
  };
}

function applied(model: LayersModel, inputs: Tensor[], rows: number): Tensor[] {
  const result = model.apply(inputs.length === 1 ? (inputs[0] as Tensor) : inputs, { training: true });
  const outputs = (Array.isArray(result) ? result : [result]) as Tensor[];
  outputs.forEach(({ shape, dtype }, position) => {
    if (shape[0] === rows && dtype === 'float32') return;
    throw new Error(
      `expected output ${position} of the model '${model.name}' to be float32 with one row per example ` +
        `(${rows}), but it is ${dtype} of shape [${shape}]; such a model does not train on shards of a batch`,
    );
  });
  return outputs;
}

function messageOfOutputs(
  outputs: readonly Tensor[][],
  memoryOf: Record<'values' | 'gradients' | 'reached', ReturnType<typeof reusedBuffer>>,
): OutputsMessage {
  const sizes = outputs.flat().map(({ shape }) => sizeOf(shape));
  const bytes = sizes.reduce((sum, size) => sum + size, 0) * Float32Array.BYTES_PER_ELEMENT;
  const values = memoryOf.values.atLeast(bytes);
  writeTensors(new Float32Array(values), outputs.flat(), sizes);
  return {
    type: 'outputs',
    shapes: outputs.map((list) => list.map(({ shape }) => shape)),
    values,
    gradients: memoryOf.gradients.atLeast(bytes),
    reached: memoryOf.reached.atLeast(sizes.length),
  };
}
