import type { FactorDescription } from '@factornet/spec';
import { DeadFactorError } from '@factornet/spec/publishing';
import type { PackageOptions } from './write-package';

/** @throws DeadFactorError if a factor's report says that its code does nothing, unless forced */
export function refuseDead(
  { report }: Pick<FactorDescription, 'report'>,
  { name, version, force = false }: Pick<PackageOptions, 'name' | 'version' | 'force'>,
): void {
  if (report.dead === undefined || force) return;
  throw new DeadFactorError(
    { source: `${name}@${version}`, reason: report.dead },
    { hint: 'Train it anew, or force it (--force): its answers then come from the common features alone.' },
  );
}
