import type { PackageRule } from '@factornet/spec';
import type { Check } from '../../report';
import type { Damage } from '../damage';
import type { GoodPackage } from '../good-packages';

/** How a package is refused. */
export interface Refused {
  /** `code` of the error. */
  readonly code: string;
  /** Of a `refused-package`. */
  readonly rule?: PackageRule;
  /** What the message names. */
  readonly message: RegExp;
}

/** One way in which a package is hostile or broken, and what comes of it. */
export interface HostilePackage {
  readonly name: string;
  readonly of: GoodPackage;
  readonly damage: Damage;
  /** The check of `verifyPackage` that fails first. */
  readonly check: Check;
  readonly refused: Refused;
  /**
   * What assembling from the folder does: refuses in the same way, refuses otherwise, or takes it, because nothing that
   * is damaged is read or run for it.
   */
  readonly assembled: 'same' | 'taken' | Refused;
}

/** Shortens the tables: `of` and `check` hold for all of them. */
export function hostile(
  of: GoodPackage,
  check: Check,
  cases: readonly (readonly [
    name: string,
    damage: Damage,
    refused: Refused,
    assembled?: HostilePackage['assembled'],
  ])[],
): HostilePackage[] {
  return cases.map(([name, damage, refused, assembled = 'same']) => ({
    name,
    of,
    check,
    damage,
    refused,
    assembled,
  }));
}

/** A refusal by a rule. */
export const by = (rule: PackageRule, message: RegExp): Refused => ({
  code: 'refused-package',
  rule,
  message,
});
/** A refusal by another error. */
export const as = (code: string, message: RegExp): Refused => ({ code, message });
