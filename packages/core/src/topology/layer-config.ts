import { LIMITS, type PackageRule } from '@factornet/spec';

/** Why a model is not one that may be loaded. Becomes a `RefusedPackageError` with the file's name. */
export class Refusal extends Error {
  constructor(
    readonly rule: PackageRule,
    readonly found: string,
  ) {
    super(found);
  }
}

/** Sizes of one example, the batch axis left out. */
export type Shape = readonly number[];

/** The `config` of a layer, which anyone may have written. Each reader refuses what a layer cannot be built of. */
export interface LayerConfig {
  readonly layer: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A whole number from `least` (default 1) to the largest axis. */
export function integerOf({ layer, values }: LayerConfig, key: string, least = 1): number {
  return checkedInteger(values[key], `${key} of the layer ${layer}`, least);
}

/** `[3, 3]`, or one number for both; `fallback` where there is none. */
export function pairOf(config: LayerConfig, key: string, fallback?: number): readonly [number, number] {
  const value = config.values[key] ?? fallback;
  const pair = Array.isArray(value) ? value : [value, value];
  const what = `${key} of the layer ${config.layer}`;
  if (pair.length !== 2) throw new Refusal('topology', `${what} is no pair`);
  return [checkedInteger(pair[0], what, 1), checkedInteger(pair[1], what, 1)];
}

/** One of these words; `fallback` where there is none. */
export function wordOf<Word extends string>(
  { layer, values }: LayerConfig,
  key: string,
  words: readonly Word[],
  fallback: Word,
): Word {
  const value = values[key] ?? fallback;
  if (words.includes(value as Word)) return value as Word;
  throw new Refusal('topology', `${key} of the layer ${layer} is not one of ${words.join(', ')}`);
}

export function flagOf({ layer, values }: LayerConfig, key: string, fallback: boolean): boolean {
  const value = values[key] ?? fallback;
  if (typeof value === 'boolean') return value;
  throw new Refusal('topology', `${key} of the layer ${layer} is neither true nor false`);
}

/** A number from `least` to `most`; `fallback` where there is none. */
export function numberOf(
  { layer, values }: LayerConfig,
  key: string,
  [least, most]: readonly [number, number],
  fallback: number,
): void {
  const value = values[key] ?? fallback;
  if (typeof value === 'number' && value >= least && value <= most) return;
  throw new Refusal('topology', `${key} of the layer ${layer} is no number from ${least} to ${most}`);
}

export function checkedInteger(value: unknown, what: string, least: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
    throw new Refusal('topology', `${what} is no whole number from ${least}`);
  }
  if (value > LIMITS.axis) throw new Refusal('shape', `${what} is ${value}, above ${LIMITS.axis}`);
  return value;
}

export function product(shape: Shape): number {
  return shape.reduce((size, axis) => size * axis, 1);
}
