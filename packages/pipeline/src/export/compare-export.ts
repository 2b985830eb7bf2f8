import type { Assembly } from '@factornet/assembler';
import type { ExportOptions } from '@factornet/assembler/export';
import { picturesTensor, refuseNonFinite } from '@factornet/core/internal';
import { probePictures } from '@factornet/packer';
import type { InputDescription } from '@factornet/spec';
import type { LayersModel, Tensor, Tensor4D } from '@tensorflow/tfjs';

type Evaluate = (images: Tensor4D) => Promise<Float32Array[]>;

const PICTURES = 8;

/**
 * Largest |received − expected| over all outputs for eight probe pictures, and largest |expected|.
 *
 * @throws NonFiniteOutputError if what is received is NaN or infinite; what is expected was looked at
 */
export async function compareOutputs(
  expected: Evaluate,
  received: Evaluate,
  input: Pick<InputDescription, 'shape'>,
): Promise<{ difference: number; magnitude: number }> {
  const images = picturesTensor(probePictures(input, PICTURES), input);
  try {
    const [wanted, found] = [await expected(images), await received(images)];
    let [difference, magnitude] = [0, 0];
    for (const values of found) refuseNonFinite(values, values.length / PICTURES, 'The exported model');
    wanted.forEach((values, output) => {
      values.forEach((value, index) => {
        difference = Math.max(difference, Math.abs(value - (found[output]?.[index] as number)));
        magnitude = Math.max(magnitude, Math.abs(value));
      });
    });
    return { difference, magnitude };
  } finally {
    images.dispose();
  }
}

export interface Speed<Name extends string> {
  /** Median milliseconds for one picture. */
  readonly milliseconds: Readonly<Record<Name, number>>;
  /** Median over the rounds of one pass's time over another's, both of one round. */
  ratio(slow: Name, fast: Name): number;
}

/**
 * Times passes on one picture in rounds, each pass once per round and every other round backwards, after one round that
 * is not counted: for a second, or 101 rounds.
 */
export async function timePasses<Name extends string>(
  passes: Readonly<Record<Name, Evaluate>>,
  input: Pick<InputDescription, 'shape'>,
): Promise<Speed<Name>> {
  const images = picturesTensor(probePictures(input, 1), input);
  const names = Object.keys(passes) as Name[];
  const rounds: Record<Name, number>[] = [];
  try {
    for (const name of names) await passes[name](images);
    const start = performance.now();
    while (rounds.length < 5 || (rounds.length < 101 && performance.now() - start < 1000)) {
      const times: Partial<Record<Name, number>> = {};
      for (const name of rounds.length % 2 === 0 ? names : [...names].reverse()) {
        const begin = performance.now();
        await passes[name](images);
        times[name] = performance.now() - begin;
      }
      rounds.push(times as Record<Name, number>);
    }
  } finally {
    images.dispose();
  }
  const medianOf = (of: (round: Record<Name, number>) => number) => {
    const sorted = rounds.map(of).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] as number;
  };
  return {
    milliseconds: Object.fromEntries(names.map((name) => [name, medianOf((round) => round[name])])) as Record<
      Name,
      number
    >,
    ratio: (slow, fast) => medianOf((round) => round[slow] / round[fast]),
  };
}

/** All outputs of a model, in order. */
export function evaluateModel(model: LayersModel): Evaluate {
  return (images) => {
    const outputs = model.predictOnBatch(images);
    return readAll(Array.isArray(outputs) ? outputs : [outputs]);
  };
}

/** Logits or probabilities of every task; with a label space, those of all its classes together as well. */
export function evaluateAssembly(
  network: Assembly,
  { outputs, joint }: Pick<ExportOptions, 'outputs' | 'joint'>,
): Evaluate {
  return async (images) => {
    const told = await network.predict(images);
    const all = network.tasks.map((task) => told[task] as (typeof told)[string]);
    const values = all.map((each) => (outputs === 'probabilities' ? each.probabilities : each.logits));
    if (joint === undefined) return values;
    const together = await network.predictJoint(images, joint as never);
    return [...values, outputs === 'probabilities' ? together.probabilities : together.logits];
  };
}

/** The logits alone, as fast as an assembly gives them. */
export function evaluateLogits(network: Assembly): Evaluate {
  return (images) => readAll(Object.values(network.logits(images)));
}

async function readAll(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  return Promise.all(
    tensors.map(async (tensor) => {
      const values = await tensor.data<'float32'>();
      tensor.dispose();
      return values;
    }),
  );
}
