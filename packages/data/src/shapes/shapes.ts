import { randomStream } from '@factornet/core/training';
import type { ClassificationTask } from '@factornet/spec';
import { byteDataset } from '../byte-dataset';
import { checkIndices } from '../check-indices';
import type { Dataset } from '../dataset';
import { hueNames } from './hues';
import { outlines, type ShapeName, shapeNames } from './outlines';
import { renderShape } from './render-shape';
import { drawFactors, type ShapeFactors } from './shape-factors';
import { completeShapesOptions, type ShapesOptions, sizeNames } from './shapes-options';

/** Pictures whose factors are known. */
export interface ShapesDataset extends Dataset {
  readonly tasks: readonly ClassificationTask[];
  /** What example `index` was drawn from, nuisances included. */
  factors(index: number): ShapeFactors;
}

/**
 * Procedural RGB pictures of one object on a plain background. Tasks: `shape` (5 classes), `object-hue` (8),
 * `size` (3) and `background-hue` (8), drawn uniformly and independently. Nuisances: position, rotation,
 * brightness, noise, and how far hues stray.
 *
 * Example i is a function of the options and i alone (`size` aside: a longer dataset begins with the shorter
 * one), to the bit on every machine. Pictures are drawn when first read and kept as bytes.
 *
 * @throws InvalidOptionError for a range that makes no sense, or an object that would leave the picture
 * @example
 * const dataset = shapes({ size: 6000, seed: 1, noise: 0.08 });
 * const { images, labels } = await dataset.read([0, 1, 2]);
 */
export function shapes(options: ShapesOptions): ShapesDataset {
  const complete = completeShapesOptions(options);
  const { size, seed, imageSize, noise } = complete;
  const drawn: (Uint8Array | undefined)[] = new Array(size);
  const draw = (index: number) => {
    const factors = drawFactors(complete, index);
    return renderShape({
      factors,
      outline: outlines[shapeNames[factors.labels.shape] as ShapeName],
      imageSize,
      noise,
      noiseStream: randomStream(seed, 'shapes', index, 'noise'),
    });
  };
  const dataset = byteDataset({
    name: nameOf(options),
    size,
    imageShape: [imageSize, imageSize, 3],
    tasks,
    picture(index) {
      drawn[index] ??= draw(index);
      return drawn[index];
    },
    labels(indices) {
      const drawn = Array.from(indices, (index) => drawFactors(complete, index).labels);
      return Object.fromEntries(
        tasks.map(({ name }) => [
          name,
          Int32Array.from(drawn, (labels) => labels[name as keyof typeof labels]),
        ]),
      );
    },
  });
  const factors = (index: number) => {
    checkIndices([index], size);
    return drawFactors(complete, index);
  };
  return Object.assign(dataset, { tasks, factors });
}

const tasks: readonly ClassificationTask[] = [
  { name: 'shape', type: 'classification', classes: [...shapeNames] },
  { name: 'object-hue', type: 'classification', classes: [...hueNames] },
  { name: 'size', type: 'classification', classes: [...sizeNames] },
  { name: 'background-hue', type: 'classification', classes: [...hueNames] },
];

/** Same pictures, same name: every option, defaults filled in, in a fixed order. */
function nameOf(options: ShapesOptions): string {
  const { size, seed, imageSize, noise, radii, rotation, position, brightness, hueJitter } =
    completeShapesOptions(options);
  const ranges = sizeNames.map((name) => radii[name]);
  const told = { size, seed, imageSize, noise, radii: ranges, rotation, position, brightness, hueJitter };
  return `shapes(${JSON.stringify(told).slice(1, -1).replaceAll('"', '')})`;
}
