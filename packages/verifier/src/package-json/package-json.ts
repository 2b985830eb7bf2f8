import type { PackageRule } from '@factornet/spec';

/** What a `package.json` holds, of which nothing is known yet. */
export type PackageJson = Readonly<Record<string, unknown>>;

/** Refuses a package for what was found. */
export type Refuse = (rule: PackageRule, found: string) => never;

/** A stranger's text as it may be printed: no control characters, which a terminal would obey, and not much of it. */
export function printable(text: string): string {
  return text.slice(0, 80).replaceAll(/[^\x20-\x7e]/g, '?');
}
