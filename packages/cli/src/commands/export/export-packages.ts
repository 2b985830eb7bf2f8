import { goldenProbes } from '@factornet/assembler/probes';
import { type ExportReport, exportInto } from '@factornet/pipeline';
import { type PackageSet, withComposition } from '@factornet/registry';
import type { WeightDtype } from '@factornet/spec';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { CompositionFlags } from '../../options/composition-flags';
import { checkLock } from '../../packages/check-lock';
import { placeOptions } from '../../packages/place-options';
import { refuseConflicts } from '../../packages/refuse-conflicts';
import { reportBytes } from '../../render/bytes-progress';
import { formatBytes, formatCount } from '../../render/format';
import { renderFacts } from '../../render/table';

export interface ExportFlags extends CompositionFlags {
  readonly out: string;
  readonly probabilities: boolean;
  readonly dtype: WeightDtype;
}

/** Writes an assembly as one model, after holding what it gives against the assembly itself. */
export async function exportPackages(
  packages: readonly string[],
  flags: ExportFlags,
  work: Work,
): Promise<Outcome> {
  return withComposition(packages, placeOptions(flags, work), (set) => exportFound(set, flags, work));
}

async function exportFound(set: PackageSet, flags: ExportFlags, work: Work): Promise<Outcome> {
  await checkLock(set, flags);
  refuseConflicts(set, flags.multipleTrunks);
  await selectBackend(work);
  const { multipleTrunks, verify, probabilities, joint, dtype, out } = flags;
  const written = await exportInto(out, {
    ...set,
    multipleTrunks,
    kinds: work.kinds,
    joint,
    dtype,
    outputs: probabilities ? 'probabilities' : 'logits',
    verify: verify ? goldenProbes : undefined,
    onProgress: reportBytes('loading', work.log),
  });
  return { json: written, text: renderExport(written) };
}

function renderExport(json: ExportReport): string {
  const { folded, unfolded, assembly } = json.milliseconds;
  const times = (value: number) => `${value.toFixed(2)} ms`;
  return renderFacts([
    ['written', `${json.out}: ${json.files.map(({ path }) => path).join(', ')} (${formatBytes(json.bytes)})`],
    ['outputs', json.outputs.join(', ')],
    ['parameters', `${formatCount(json.parameters)}, stored as ${json.dtype}`],
    ['layers', `${json.layers.folded}, unfolded ${json.layers.unfolded}`],
    [
      'against the assembly',
      `largest difference ${json.largestDifference.toExponential(1)} on 8 probe pictures (${json.backend})`,
    ],
    ['one picture', `${times(folded)}, unfolded ${times(unfolded)}, as an assembly ${times(assembly)}`],
    [
      'how much faster',
      `×${json.overUnfolded.toFixed(2)} unfolded, ×${json.overAssembly.toFixed(2)} the assembly (medians of paired runs)`,
    ],
  ]);
}
