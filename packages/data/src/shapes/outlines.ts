import { sineAndCosine } from './exact-trigonometry';

export const shapeNames = ['circle', 'square', 'triangle', 'star', 'cross'] as const;
export type ShapeName = (typeof shapeNames)[number];

/** Corners `x0, y0, x1, y1, …` of a polygon around the origin; none for the circle. */
export type Outline = Float64Array;

/** Distance from the centre to the farthest corner of any outline, in radii of the circle of equal area. */
export const largestReach = 1.5552;

/**
 * The outlines, scaled to the area of the unit circle: so size says nothing about shape, nor shape about
 * size.
 */
export const outlines: Readonly<Record<ShapeName, Outline>> = {
  circle: new Float64Array(),
  square: toUnitArea([-1, -1, 1, -1, 1, 1, -1, 1]),
  triangle: toUnitArea(spokes([1, 1, 1])),
  star: toUnitArea(spokes([1, 0.445, 1, 0.445, 1, 0.445, 1, 0.445, 1, 0.445])),
  cross: toUnitArea(crossCorners(0.28)),
};

/** Corners at equal angles and the given distances from the centre, the first one on top. */
function spokes(distances: readonly number[]): number[] {
  return distances.flatMap((distance, index) => {
    const turn = index / distances.length;
    const { sine, cosine } = sineAndCosine(2 * Math.PI * (turn > 0.5 ? turn - 1 : turn));
    return [distance * sine, -distance * cosine];
  });
}

/** A plus sign reaching to 1, its arms `2 · halfWidth` wide. */
function crossCorners(halfWidth: number): number[] {
  const w = halfWidth;
  return [-w, -1, w, -1, w, -w, 1, -w, 1, w, w, w, w, 1, -w, 1, -w, w, -1, w, -1, -w, -w, -w];
}

function toUnitArea(corners: readonly number[]): Outline {
  let twiceArea = 0;
  for (let index = 0; index < corners.length; index += 2) {
    const next = (index + 2) % corners.length;
    twiceArea += at(corners, index) * at(corners, next + 1) - at(corners, next) * at(corners, index + 1);
  }
  const scale = Math.sqrt((2 * Math.PI) / Math.abs(twiceArea));
  return Float64Array.from(corners, (corner) => corner * scale);
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
