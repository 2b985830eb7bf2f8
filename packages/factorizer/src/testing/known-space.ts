import { add, type CommonNetwork, type FactorNetwork, gaussian } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import type { Dataset } from '@factornet/data';
import type { ClassificationTask, InputDescription } from '@factornet/spec';
import { layers, model, type SymbolicTensor, tensor1d, tensor2d } from '@tensorflow/tfjs';
import { layersTeacher } from '../teacher/layers-teacher';
import type { Teacher } from '../teacher/teacher';

/** A picture is four pixels, and ten times each is the logit of a class; two factors tell two classes each. */
const classes = ['a', 'b', 'c', 'd'];
const input: InputDescription = {
  shape: [1, 4, 1],
  layout: 'NHWC',
  normalization: { mean: [0], standardDeviation: [1] },
};
const SLOPE = 10;
export const spaceTasks: readonly ClassificationTask[] = [
  taskOf('early', ['b', 'a']),
  taskOf('late', ['c', 'd']),
];

function taskOf(name: string, own: readonly string[]): ClassificationTask {
  const indices = own.map((each) => classes.indexOf(each));
  return { name, type: 'classification', classes: own, labelSpace: { name: 'letters', classes, indices } };
}

/** Pictures by chance, with labels drawn from `softmax(logits / temperature)`; without one, no label. */
export function spaceData(size: number, temperature?: number, tasks = spaceTasks): Dataset {
  const examples = Array.from({ length: size }, (_, index) => {
    const stream = randomStream(7, 'space', index);
    const pixels = classes.map(() => stream.uniform());
    const powers = pixels.map((pixel) => Math.exp((SLOPE * pixel) / (temperature ?? 1)));
    let left = stream.uniform() * powers.reduce((sum, power) => sum + power, 0);
    const drawn = powers.findIndex((power) => {
      left -= power;
      return left < 0;
    });
    return { pixels, label: Math.max(0, drawn) };
  });
  return {
    name: 'space',
    size,
    imageShape: [1, 4, 1],
    tasks: temperature === undefined ? [] : tasks,
    read: async (indices) => {
      const chosen = Array.from(indices, (index) => examples[index] as (typeof examples)[number]);
      const labels = tasks.map(({ name, labelSpace }) => [
        name,
        Int32Array.from(chosen, ({ label }) => labelSpace?.indices.indexOf(label) ?? -1),
      ]);
      return {
        size: chosen.length,
        images: Float32Array.from(chosen.flatMap(({ pixels }) => pixels)),
        labels: temperature === undefined ? {} : Object.fromEntries(labels),
      };
    },
  };
}

/** Whose logits are ten times the pixels, divided by its temperature, and a number that is no matter. */
export async function spaceTeacher(temperature: number): Promise<Teacher> {
  const images = layers.inputLayer({ inputShape: [1, 4, 1] }).output as SymbolicTensor;
  const flat = layers.flatten({ name: 'pixels' }).apply(images) as SymbolicTensor;
  const kernel = classes.map((_, row) =>
    classes.map((__, column) => (row === column ? SLOPE / temperature : 0)),
  );
  const network = model({ inputs: images, outputs: dense(flat, kernel, 3) });
  const tasks = [{ name: 'letters', type: 'classification', classes }];
  return layersTeacher({ model: network, name: 'letters', input, tasks, taps: ['pixels'] });
}

/** z is the picture and t is 0. */
export function spaceNetworks(scales: readonly number[] = [2, 0.5]): {
  common: CommonNetwork;
  factors: FactorNetwork[];
} {
  const images = layers.inputLayer({ inputShape: [1, 4, 1] }).output as SymbolicTensor;
  const network = model({ inputs: images, outputs: layers.flatten().apply(images) as SymbolicTensor });
  const factors = spaceTasks.map((task, index) => {
    const logitScale = scales[index] as number;
    const pictures = layers.inputLayer({ inputShape: [1, 4, 1] }).output as SymbolicTensor;
    const flat = layers.flatten().apply(pictures) as SymbolicTensor;
    const nothing = classes.map(() => classes.map(() => 0));
    const code = layers.inputLayer({ inputShape: [4] }).output as SymbolicTensor;
    const kernel = classes.map((_, row) =>
      (task.labelSpace?.indices ?? []).map((column) => (row === column ? SLOPE / logitScale : 0)),
    );
    const reads = [{ from: 'picture', shape: input.shape, backbone: { name: 'known', options: {} } }];
    return {
      kind: 'factor',
      description: { task, report: {}, reads, logitScale },
      code: gaussian(),
      fusion: add(),
      specific: model({ inputs: pictures, outputs: [dense(flat, nothing), dense(flat, nothing, -20)] }),
      head: model({ inputs: code, outputs: dense(code, kernel) }),
    } as unknown as FactorNetwork;
  });
  const description = { input, features: { shape: [4] }, maps: [] };
  return { common: { kind: 'common', description, network } as unknown as CommonNetwork, factors };
}

function dense(from: SymbolicTensor, kernel: number[][], offset = 0): SymbolicTensor {
  const units = (kernel[0] as number[]).length;
  const weights = [tensor2d(kernel), tensor1d(Array.from({ length: units }, () => offset))];
  const output = layers.dense({ units, weights }).apply(from) as SymbolicTensor;
  for (const weight of weights) weight.dispose();
  return output;
}
