import { normalCdf } from '../special-functions/normal-distribution';
import { checkColumns, elementwise, type Transform } from './transform';

/** The standard normal's distribution function: normal margins become uniform ones. */
export const normalCdfTransform: Transform = elementwise('normalCdf', normalCdf);

/** `t √|t|`: heavier tails. */
export const halfCube: Transform = elementwise('halfCube', (value) => value * Math.sqrt(Math.abs(value)));

/** Lighter tails. */
export const asinh: Transform = elementwise('asinh', Math.asinh);

/** Monotone, with a slope that changes: `x + 0.4 sin x + 0.2 sin(1.7x + 1) + 0.03 sin(3.3x − 2.5)`. */
export const wigglyX: Transform = elementwise(
  'wigglyX',
  (x) => x + 0.4 * Math.sin(x) + 0.2 * Math.sin(1.7 * x + 1) + 0.03 * Math.sin(3.3 * x - 2.5),
);

/** Monotone, with a slope that changes: `y − 0.4 sin 0.4y + 0.17 sin(1.3y + 3.5) + 0.02 sin(4.3y − 2.5)`. */
export const wigglyY: Transform = elementwise(
  'wigglyY',
  (y) => y - 0.4 * Math.sin(0.4 * y) + 0.17 * Math.sin(1.3 * y + 3.5) + 0.02 * Math.sin(4.3 * y - 2.5),
);

export interface MixtureComponent {
  readonly weight: number;
  readonly mean: number;
}

/** Uniform numbers to a mixture of normals of variance 1: the inverse of its distribution function, by bisection. */
export function normalMixtureQuantile(components: readonly MixtureComponent[]): Transform {
  const distribution = (at: number) =>
    components.reduce((sum, { weight, mean }) => sum + weight * normalCdf(at - mean), 0);
  const means = components.map(({ mean }) => mean);
  // No uniform number is farther out: Φ(−40) is 0.
  const [least, most] = [Math.min(...means) - 40, Math.max(...means) + 40];
  return elementwise('normalMixtureQuantile', (probability) => {
    let [low, high] = [least, most];
    // Until no number lies between.
    for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
      if (distribution(middle) < probability) low = middle;
      else high = middle;
    }
    return high;
  });
}

/** Numbers from 0 to 1 to a spiral in the plane: `(t cos t, t sin t) / 21` with `t = 1.5π (1 + 2u)`. */
export const swissRoll: Transform = {
  name: 'swissRoll',
  features(columns) {
    checkColumns('swissRoll', columns, columns === 1, 'one');
    return 2;
  },
  apply({ rows, data }) {
    const rolled = new Float64Array(2 * rows);
    for (let row = 0; row < rows; row++) {
      const angle = 1.5 * Math.PI * (1 + 2 * (data[row] as number));
      rolled[2 * row] = (angle * Math.cos(angle)) / 21;
      rolled[2 * row + 1] = (angle * Math.sin(angle)) / 21;
    }
    return { rows, columns: 2, data: rolled };
  },
};

export interface SpiralOptions {
  /** The two coordinates that turn. */
  readonly plane: readonly [number, number];
  /** Radians for each unit of the squared length. Default one over the number of columns. */
  readonly speed?: number;
}

/** Turns two coordinates by an angle that grows with the length of the point, `speed · ‖v‖²`, which it keeps. */
export function spiral({ plane: [first, second], speed }: SpiralOptions): Transform {
  const most = Math.max(first, second);
  return {
    name: 'spiral',
    features(columns) {
      checkColumns('spiral', columns, columns > most, `more than ${most}`);
      return columns;
    },
    apply({ rows, columns, data }) {
      const turned = Float64Array.from(data);
      for (let row = 0; row < rows; row++) {
        const start = row * columns;
        let squaredLength = 0;
        for (let column = 0; column < columns; column++)
          squaredLength += (data[start + column] as number) ** 2;
        const angle = squaredLength * (speed ?? 1 / columns);
        const [a, b] = [data[start + first] as number, data[start + second] as number];
        turned[start + first] = a * Math.cos(angle) - b * Math.sin(angle);
        turned[start + second] = a * Math.sin(angle) + b * Math.cos(angle);
      }
      return { rows, columns, data: turned };
    },
  };
}
