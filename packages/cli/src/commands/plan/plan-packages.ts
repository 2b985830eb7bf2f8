import { type Choice, chooseFactors, gatherCandidates, statedAccuracy } from '@factornet/registry';
import { NoChoiceError } from '@factornet/spec/publishing';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import { formatBytes, formatCount, formatShare } from '../../render/format';
import { reportLookups } from '../../render/lookup-progress';
import { quoteCommandLine } from '../../render/quote';
import { numeric, tableOf } from '../../render/table';

export interface PlanFlags {
  readonly tasks: readonly string[];
  readonly maxBytes?: number;
  readonly scope?: string;
  readonly registry?: string;
}

/**
 * Chooses among published candidates and says how to add what was chosen.
 *
 * @throws NoChoiceError, and whatever reading the candidates throws
 */
export async function planPackages(
  names: readonly string[],
  { tasks, maxBytes, scope, registry }: PlanFlags,
  { io, log }: Work,
): Promise<Outcome> {
  let leftOut = 0;
  const candidates = await gatherCandidates({
    names,
    tasks,
    onProgress: reportLookups(log),
    onLeftOut: (hits) => {
      leftOut = hits;
      log(`The search has ${hits} more hits, which are not considered: name them, or search a --scope.`);
    },
    ...(scope !== undefined && { scope }),
    ...(registry !== undefined && { registry }),
    ...(io.signal !== undefined && { signal: io.signal }),
  });
  const { choice, reasons } = chooseFactors({
    candidates,
    tasks,
    ...(maxBytes !== undefined && { maxBytes }),
  });
  if (choice === undefined) {
    const hint =
      candidates.length === 0 && names.length === 0
        ? 'The search found nothing, which some registries cannot do: name the candidates after the options.'
        : 'Name more candidates, ask for fewer tasks, or allow more with --max-bytes.';
    throw new NoChoiceError({ tasks, reasons }, { hint });
  }
  const packages = [choice.common, ...choice.factors];
  const add = ['factornet', 'add', ...packages.map(({ specifier }) => specifier)];
  if (registry !== undefined) add.push('--registry', registry);
  const { bytes, parameters, multiplyAdds } = choice.plan;
  const rows = rowsOf(choice);
  return {
    json: {
      packages: rows,
      bytes,
      parameters,
      multiplyAdds,
      accuracy: choice.accuracy ?? null,
      downloadBytes: rows.reduce((sum, each) => sum + each.downloadBytes, 0),
      maxBytes: maxBytes ?? null,
      candidates: candidates.length,
      hitsNotConsidered: leftOut,
      command: add,
    },
    text: [
      tableOf(
        ['package', 'task', ...['bytes', 'parameters', 'multiply-adds', 'accuracy'].map(numeric)],
        [
          ...rows.map((each) => [
            `${each.name}@${each.version}`,
            each.task ?? 'common',
            formatBytes(each.bytes),
            formatCount(each.parameters),
            formatCount(each.multiplyAdds),
            each.task === null ? '–' : formatShare(each.accuracy ?? undefined),
          ]),
          [
            'together',
            tasks.length,
            formatBytes(bytes),
            formatCount(parameters),
            formatCount(multiplyAdds ?? 0),
            formatShare(choice.accuracy),
          ],
        ],
      ),
      ...(maxBytes === undefined ? [] : [`${formatBytes(maxBytes - bytes)} of the budget are left.`]),
      `Chosen among ${candidates.length} releases. To add it: ${quoteCommandLine(add)}`,
    ],
  };
}

function rowsOf({ common, factors, plan }: Choice) {
  const [trunk] = plan.trunks;
  return [
    { one: common, cost: trunk, task: null, accuracy: null },
    ...factors.map((factor, index) => ({
      one: factor,
      cost: plan.factors[index],
      task: factor.manifest.task.name,
      accuracy: statedAccuracy(factor.manifest) ?? null,
    })),
  ].map(({ one, cost, task, accuracy }) => ({
    name: one.name,
    version: one.version,
    task,
    bytes: cost?.bytes ?? 0,
    parameters: one.manifest.parameters,
    multiplyAdds: one.manifest.multiplyAdds,
    accuracy,
    downloadBytes: one.tarballBytes ?? one.unpackedBytes,
  }));
}
