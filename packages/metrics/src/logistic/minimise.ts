import { throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';

const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** A smooth function: its value at a point, with the gradient written into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** No component of the gradient is larger at the minimum. */
  readonly tolerance: number;
  readonly iterations: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Minimum {
  readonly point: Float64Array;
  /** Whether the tolerance was reached; if not, iterations or the digits of a number ran out. */
  readonly converged: boolean;
  readonly iterations: number;
}

interface Step {
  readonly move: Float64Array;
  readonly change: Float64Array;
  readonly product: number;
}

/** Steps that the curvature is estimated from. */
const MEMORY = 10;

/**
 * The minimum of a convex function by L-BFGS with a line search for the weak Wolfe conditions.
 *
 * Source: Nocedal and Wright, "Numerical Optimization" (2006), algorithms 7.4 and 7.5.
 *
 * @throws CancelledError on `signal`
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  { tolerance, iterations, signal }: MinimiseOptions,
): Promise<Minimum> {
  let point = Float64Array.from(start);
  let gradient = new Float64Array(point.length);
  let value = objective(point, gradient);
  const steps: Step[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (largest(gradient) <= tolerance) return { point, converged: true, iterations: iteration };
    throwIfCancelled('logistic regression', signal);
    const direction = descend(gradient, steps);
    const found = searchLine(objective, { point, gradient, value, direction });
    if (found === undefined) return { point, converged: false, iterations: iteration };
    const move = found.point.map((at, index) => at - numberAt(point, index));
    const change = found.gradient.map((at, index) => at - numberAt(gradient, index));
    const product = dot(move, change);
    if (product > 0) steps.push({ move, change, product });
    if (steps.length > MEMORY) steps.shift();
    ({ point, gradient, value } = found);
    await yieldToEventLoop();
  }
  return { point, converged: largest(gradient) <= tolerance, iterations };
}

/** The quasi-Newton direction `−H g`, by the two loops of L-BFGS. */
function descend(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const newest = steps.at(-1);
  // Without curvature yet, a step of length 1 at most.
  if (newest === undefined) {
    const length = Math.sqrt(dot(direction, direction));
    return length > 1 ? direction.map((value) => value / length) : direction;
  }
  const weights: number[] = [];
  for (let index = steps.length - 1; index >= 0; index--) {
    const { move, change, product } = steps[index] as Step;
    const weight = dot(move, direction) / product;
    weights[index] = weight;
    addScaled(direction, change, -weight);
  }
  const scale = newest.product / dot(newest.change, newest.change);
  for (let index = 0; index < direction.length; index++)
    direction[index] = numberAt(direction, index) * scale;
  for (const [index, { move, change, product }] of steps.entries()) {
    addScaled(direction, move, (weights[index] as number) - dot(change, direction) / product);
  }
  return direction;
}

interface LineSearch {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
  readonly direction: Float64Array;
}

/** Doubles and halves the step until the function falls enough and its slope has flattened; nothing if it never falls. */
function searchLine(objective: Objective, { point, gradient, value, direction }: LineSearch) {
  const slope = dot(gradient, direction);
  let step = 1;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 60; attempt++) {
    const next = point.map((at, index) => at + step * numberAt(direction, index));
    const nextGradient = new Float64Array(next.length);
    const nextValue = objective(next, nextGradient);
    if (!(nextValue <= value + 1e-4 * step * slope)) high = step;
    else if (dot(nextGradient, direction) < 0.9 * slope) low = step;
    else return { point: next, gradient: nextGradient, value: nextValue };
    step = high === Number.POSITIVE_INFINITY ? 2 * step : (low + high) / 2;
  }
  return undefined;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += numberAt(left, index) * numberAt(right, index);
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, scale: number): void {
  for (let index = 0; index < target.length; index++) {
    target[index] = numberAt(target, index) + scale * numberAt(source, index);
  }
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
