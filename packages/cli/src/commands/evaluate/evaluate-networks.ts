import { writeBrick, writeText } from '@factornet/core/node';
import { evaluateFactorization, withReports } from '@factornet/factorizer';
import { factorFolder, readTeacher } from '@factornet/factorizer/node';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { onlyTask, openData, tellNotes } from '../../data/data-spec';
import { labelFor } from '../../data/label-for';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { createProgressReporter } from '../../render/progress';
import { renderAccuracyTable } from '../../report/accuracy-table';
import { renderInformationTable } from '../../report/information-table';
import type { Report } from '../../report/report';
import { renderReport } from '../../report/report-html';
import { measureAssembly } from './measure-assembly';
import { readFactorizationNetworks, readPackages } from './read-networks';

export interface EvaluateFlags {
  readonly teacher: string;
  readonly data: string;
  readonly bricks?: string;
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
  const { bricks, html, title, seed } = flags;
  const { name: backend } = await selectBackend(work);
  const { teacher } = await readTeacher(flags.teacher);
  const networks = await (bricks === undefined ? readPackages(packages) : readFactorizationNetworks(bricks));
  const progress = createProgressReporter({ stream: work.io.stderr });
  try {
    const tasks = Object.values(networks.factors).map(({ description }) => description.task);
    const taskName = flags.taskName ?? onlyTask(teacher);
    const channels = teacher.input.shape[2];
    const opened = await openData(flags.data, { limit: flags.limit, taskName, channels, seed });
    const data = labelFor(tasks, opened);
    tellNotes('--teacher', teacher, work.log);
    tellNotes('--data', data, work.log);
    const startedAt = performance.now();
    const evaluation = await withInterrupt(work.io, (signal) =>
      evaluateFactorization({
        teacher,
        common: networks.common,
        factors: networks.factors,
        data,
        seed,
        signal,
        onProgress: progress.onProgress,
      }),
    );
    const evaluatedAt = performance.now();
    const { assembly, examples } = await measureAssembly(networks, data, seed);
    const report: Report = {
      ...evaluation,
      title,
      measuredOn: evaluation.examples,
      assembly,
      bytes: networks.bytes,
      parameters: networks.parameters,
      seconds: {
        evaluate: (evaluatedAt - startedAt) / 1000,
        assemble: (performance.now() - evaluatedAt) / 1000,
      },
      backend,
      seed,
      history: networks.history,
      examples,
    };
    if (html !== undefined) {
      await writeText(html, await renderReport(report));
    }
    if (flags.save && bricks !== undefined) {
      for (const [task, factor] of Object.entries(withReports(networks.factors, evaluation))) {
        await writeBrick(factor, factorFolder(bricks, task));
      }
    }
    const written = html === undefined ? [] : [`The report is in ${html}.`];
    const tables = [renderAccuracyTable(report), renderInformationTable(report)];
    return { json: report, text: [...tables, ...written].join('\n') };
  } finally {
    progress.stop();
    teacher.dispose();
    networks.dispose();
  }
}
