import { type RandomStream, randomStream } from '@factornet/core/training';
import { hueNames, hueStep } from './hues';
import { largestReach, shapeNames } from './outlines';
import { borderPixels, type CompleteShapesOptions, type Range, sizeNames } from './shapes-options';

/** Everything that was drawn to make one picture. Labels are class indices, lengths are in pixels. */
export interface ShapeFactors {
  readonly labels: Readonly<Record<'shape' | 'object-hue' | 'size' | 'background-hue', number>>;
  /** Radius of the circle of the object's area. */
  readonly radius: number;
  readonly x: number;
  readonly y: number;
  /** Radians, clockwise. */
  readonly rotation: number;
  readonly brightness: number;
  /** Degrees. */
  readonly objectHue: number;
  readonly objectSaturation: number;
  readonly objectValue: number;
  readonly backgroundHue: number;
  readonly backgroundSaturation: number;
  readonly backgroundValue: number;
}

// Pale and light on deep and dark: nearly every channel of an object is brighter than the background's, whatever
// the hues, so an object shows on a background of its own hue and an edge looks alike in all colours.
const objectSaturation: Range = [0.45, 0.65];
const objectValue: Range = [0.85, 1];
const backgroundSaturation: Range = [0.5, 0.7];
const backgroundValue: Range = [0.2, 0.32];

/** The factors of example `index`: a function of the seed, the index and the ranges, nothing else. */
export function drawFactors(options: CompleteShapesOptions, index: number): ShapeFactors {
  const { seed, imageSize, radii, position, hueJitter } = options;
  const stream = randomStream(seed, 'shapes', index);
  const labels = {
    shape: stream.integer(shapeNames.length),
    'object-hue': stream.integer(hueNames.length),
    size: stream.integer(sizeNames.length),
    'background-hue': stream.integer(hueNames.length),
  };
  const radius = between(stream, radii[sizeNames[labels.size] as (typeof sizeNames)[number]]) * imageSize;
  // The same room for every shape, so that position says nothing about shape.
  const room = (imageSize / 2 - borderPixels - radius * largestReach) * position;
  const centre = () => imageSize / 2 + between(stream, [-room, room]);
  const hue = (label: number) => label * hueStep + between(stream, [-hueJitter, hueJitter]);
  const turn = (options.rotation / 180) * Math.PI;
  return {
    labels,
    radius,
    x: centre(),
    y: centre(),
    rotation: between(stream, [-turn, turn]),
    brightness: between(stream, options.brightness),
    objectHue: hue(labels['object-hue']),
    objectSaturation: between(stream, objectSaturation),
    objectValue: between(stream, objectValue),
    backgroundHue: hue(labels['background-hue']),
    backgroundSaturation: between(stream, backgroundSaturation),
    backgroundValue: between(stream, backgroundValue),
  };
}

function between(stream: RandomStream, [least, most]: Range): number {
  return least + (most - least) * stream.uniform();
}
