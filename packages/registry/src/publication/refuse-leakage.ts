import type { FactorManifest, FactorReport, Immutable } from '@factornet/spec';
import { InvalidOptionError } from '@factornet/spec';
import { TooMuchLeakageError } from '@factornet/spec/publishing';
import type { PackageFolder } from './plan-publication';

export interface LeakageLimit {
  /** The most that a factor's code may tell about any other task: 0 is chance, 1 what the teacher's maps tell. */
  maxLeakage: number;
  /** Which probe's figures count. Default `'kernel'`, the strongest of ours. */
  probe?: string | undefined;
}

type Stated = NonNullable<FactorReport['leakage']>[number];

/**
 * Refuses factors whose manifests state more leakage than is allowed, or none by this probe. What is stated is what the
 * author measured: it holds authors to their own rule, and proves nothing to a stranger. Pure.
 *
 * @throws TooMuchLeakageError of the first such factor
 * @throws InvalidOptionError for a limit that is no number from 0
 * @example
 * refuseLeakage([shape, ckn], { maxLeakage: 0.1 });
 */
export function refuseLeakage(
  packages: readonly Pick<PackageFolder, 'name' | 'version' | 'manifest'>[],
  { maxLeakage: limit, probe = 'kernel' }: LeakageLimit,
): void {
  if (!(limit >= 0 && Number.isFinite(limit))) {
    throw new InvalidOptionError({ option: 'maxLeakage', expected: 'a number from 0', received: limit });
  }
  for (const { name, version, manifest } of packages) {
    if (manifest.kind === 'common') continue;
    const found = largestOf(manifest, probe);
    if (found !== undefined && found.value <= limit) continue;
    const hint =
      found === undefined
        ? explainMissing(manifest)
        : 'Train it with a code of a capacity, such as categorical(), or allow more.';
    throw new TooMuchLeakageError({ source: `${name}@${version}`, probe, limit, stated: found }, { hint });
  }
}

/** By the cells themselves, whatever is stated as their maximum. */
function largestOf({ report }: Immutable<FactorManifest>, probe: string) {
  const stated = report.leakage?.find((each: Stated) => each.probe === probe);
  return Object.entries(stated?.tasks ?? {})
    .map(([task, measured]) => ({ task, ...measured }))
    .reduce<TooMuchLeakageError['stated']>(
      (most, each) => (most === undefined || each.value > most.value ? each : most),
      undefined,
    );
}

function explainMissing({ report }: Immutable<FactorManifest>): string {
  const probes = report.leakage?.map(({ probe }) => probe) ?? [];
  const known = probes.length === 0 ? '' : ` It has figures of: ${probes.join(', ')}.`;
  return `Measure it beside another factor (\`factornet evaluate --bricks … --save\`) and pack it again.${known}`;
}
