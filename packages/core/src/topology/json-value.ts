import type { PackageRule } from '@factornet/spec';
import { Refusal } from './layer-config';

/**
 * An object of these fields and no others. TensorFlow.js reads fields under two names (`kernelSize` for `kernel_size`),
 * and some in place of others (`model_config`), so that an unknown one could stand for what was never looked at.
 *
 * @throws Refusal
 */
export function recordOf<Field extends string>(
  value: unknown,
  what: string,
  fields: readonly Field[],
  rule: PackageRule = 'topology',
): Readonly<Partial<Record<Field, unknown>>> {
  if (!isRecord(value)) throw new Refusal(rule, `${what} is no object`);
  const other = Object.keys(value).find((field) => !fields.includes(field as Field));
  if (other === undefined) return value as Partial<Record<Field, unknown>>;
  throw new Refusal(rule, `${what} has the unknown field "${printable(other)}"`);
}

/** @throws Refusal */
export function arrayOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Refusal('topology', `${what} is no list`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A stranger's text as it may be printed: no control characters, which a terminal would obey, and not much of it. */
export function printable(text: string): string {
  return text.slice(0, 80).replaceAll(/[^ -~]/g, '?');
}
