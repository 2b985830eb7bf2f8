import { InvalidOptionError } from '@factornet/spec';
import { hueStep } from './hues';
import { largestReach } from './outlines';

export const sizeNames = ['small', 'medium', 'large'] as const;
export type SizeName = (typeof sizeNames)[number];

/** From … to, both included. */
export type Range = readonly [least: number, most: number];

export interface ShapesOptions {
  /** Number of examples. */
  size: number;
  seed: number;
  /** Height and width in pixels, at least 20. Default 32. */
  imageSize?: number;
  /** Standard deviation of the noise on every pixel and channel, where black is 0 and white 1. Default 0.04. */
  noise?: number;
  /**
   * Per size class, the radius of the circle of equal area, as a share of the picture's height. Default
   * 0.17–0.19, 0.215–0.235 and 0.255–0.273. Closer ranges make `size` harder, smaller objects make `shape` harder.
   */
  radii?: Readonly<Record<SizeName, Range>>;
  /** The object turns by at most this many degrees either way, 0–180. Default 20. More makes `shape` much harder. */
  rotation?: number;
  /** How far it moves from the centre, as a share of the room it has, 0–1. Default 1. */
  position?: number;
  /** Factor on the whole picture. Default 0.7–1. */
  brightness?: Range;
  /** Hues stray from their class's hue by at most this many degrees, below 22.5. Default 10. */
  hueJitter?: number;
}

export type CompleteShapesOptions = Required<ShapesOptions>;

/** No corner comes closer to the picture's border: soft edge included, the outermost pixels are background. */
export const borderPixels = 1.5;

/** Fills in the defaults. @throws InvalidOptionError for a value that makes no sense */
export function completeShapesOptions(options: ShapesOptions): CompleteShapesOptions {
  const complete: CompleteShapesOptions = {
    imageSize: 32,
    noise: 0.04,
    radii: { small: [0.17, 0.19], medium: [0.215, 0.235], large: [0.255, 0.273] },
    rotation: 20,
    position: 1,
    brightness: [0.7, 1],
    hueJitter: 10,
    ...options,
  };
  const { size, seed, imageSize, noise, radii, rotation, position, brightness, hueJitter } = complete;
  check('size', size, Number.isInteger(size) && size >= 1, 'a positive integer');
  check('seed', seed, Number.isSafeInteger(seed), 'an integer');
  check('imageSize', imageSize, Number.isInteger(imageSize) && imageSize >= 20, 'an integer of at least 20');
  check('noise', noise, noise >= 0 && noise <= 1, 'from 0 to 1');
  check('rotation', rotation, rotation >= 0 && rotation <= 180, 'from 0 to 180 degrees');
  check('position', position, position >= 0 && position <= 1, 'from 0 to 1');
  check('brightness', brightness, isRange(brightness, 0, 1), 'two ascending numbers from 0 to 1');
  // At half a step, the hue between two classes would belong to both.
  check('hueJitter', hueJitter, hueJitter >= 0 && hueJitter < hueStep / 2, `from 0 to below ${hueStep / 2}`);
  const most = (0.5 - borderPixels / imageSize) / largestReach;
  for (const [index, name] of sizeNames.entries()) {
    const range = radii[name];
    const smaller = sizeNames[index - 1];
    const least = smaller === undefined ? 0.05 : radii[smaller][1];
    const fits = isRange(range, least, most) && (smaller === undefined || range[0] > least);
    check(
      `radii.${name}`,
      range,
      fits,
      `two ascending numbers ${smaller === undefined ? 'from 0.05' : `above ${smaller}'s ${least}`} to ${most.toFixed(3)}`,
    );
  }
  return complete;
}

function isRange([least, most]: Range, lowest: number, highest: number): boolean {
  return least >= lowest && most >= least && most <= highest;
}

function check(option: string, received: unknown, holds: boolean, expected: string): void {
  if (!holds) throw new InvalidOptionError({ option, expected, received });
}
