import { writeBrick, writeText } from '@factornet/core/node';
import { labelFor } from '@factornet/data';
import { type Teacher, withReports } from '@factornet/factorizer';
import { factorFolder, readTeacher } from '@factornet/factorizer/node';
import { loadNetworks, measureNetworks, type Networks, readNetworks } from '@factornet/pipeline';
import { withComposition } from '@factornet/registry';
import type { CommonPackage } from '@factornet/spec';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { onlyTask, openData, tellNotes } from '../../data/data-spec';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { placeOptions } from '../../packages/place-options';
import { refuseConflicts } from '../../packages/refuse-conflicts';
import { explainFindings } from '../../render/findings';
import { createProgressReporter } from '../../render/progress';
import { accuracyTable, explainCodeLoss } from '../../report/accuracy-table';
import { baselineTable } from '../../report/baseline-table';
import { calibrationTable } from '../../report/calibration-table';
import { explainGuarantees } from '../../report/explain-guarantees';
import { informationText } from '../../report/information-table';
import { aboutCommon, explainScale, leakageTable } from '../../report/leakage-table';
import { renderReport } from '../../report/report-html';
import type { BaselineFlags } from './baseline-flags';
import { trainBaselines } from './train-baselines';

export interface EvaluateFlags extends BaselineFlags {
  readonly teacher: string;
  readonly data: string;
  readonly bricks?: string;
  readonly registry?: string;
  readonly taskName?: string;
  readonly limit?: number;
  readonly html?: string;
  readonly title: string;
  readonly save: boolean;
  readonly seed: number;
}

/** Measures networks on pictures they were not trained on; writes a report if asked. */
export async function evaluateNetworks(
  packages: readonly string[],
  flags: EvaluateFlags,
  work: Work,
): Promise<Outcome> {
  const { bricks } = flags;
  await selectBackend(work);
  const { teacher } = await readTeacher(flags.teacher, { kinds: work.kinds });
  if (bricks !== undefined) return evaluateWith(teacher, await readNetworks(bricks, work), flags, work);
  return withComposition(packages, placeOptions(flags, work), async (set) => {
    refuseConflicts(set);
    const sources = { common: set.commons[0] as CommonPackage, factors: set.factors };
    return evaluateWith(teacher, await loadNetworks(sources, work), flags, work);
  });
}

async function evaluateWith(
  teacher: Teacher,
  networks: Networks,
  flags: EvaluateFlags,
  work: Work,
): Promise<Outcome> {
  const { bricks, html, title, seed } = flags;
  const progress = createProgressReporter({ stream: work.io.stderr });
  try {
    const tasks = Object.values(networks.factors).map(({ description }) => description.task);
    const taskName = flags.taskName ?? onlyTask(teacher);
    const channels = teacher.input.shape[2];
    const opened = await openData(flags.data, { limit: flags.limit, taskName, channels, seed });
    const data = labelFor(tasks, opened, work.kinds);
    tellNotes('--teacher', teacher, work.log);
    tellNotes('--data', data, work.log);
    const { onProgress } = progress;
    const report = await withInterrupt(work.io, async (signal) => {
      const listening = { onProgress, signal, ...(work.kinds && { kinds: work.kinds }) };
      const measured = await measureNetworks({ ...listening, teacher, networks, data, title, seed });
      const opening = { taskName, channels };
      const request = { ...listening, flags, teacher, networks, test: data, opening };
      const baselines = await trainBaselines(request, work);
      return { ...measured, ...(baselines && { baselines }) };
    });
    if (html !== undefined) {
      await writeText(html, await renderReport(report));
    }
    if (flags.save && bricks !== undefined) {
      for (const [task, factor] of Object.entries(withReports(networks.factors, report, data))) {
        await writeBrick(factor, factorFolder(bricks, task));
      }
    }
    const written = html === undefined ? [] : [`The report is in ${html}.`];
    const optional = [baselineTable(report), calibrationTable(report)].flatMap((table) => table ?? []);
    const tables = [
      ...[accuracyTable(report), ...explainCodeLoss(report), ...optional],
      ...[leakageTable(report), ...explainScale(report), aboutCommon, ...explainGuarantees(report)],
      informationText(report),
    ];
    return { json: report, text: [...tables, ...explainFindings(report.findings), ...written] };
  } finally {
    progress.stop();
    teacher.dispose();
    networks.dispose();
  }
}
