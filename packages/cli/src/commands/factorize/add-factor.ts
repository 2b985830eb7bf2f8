import { disposeBrick, type FactorNetwork } from '@factornet/core';
import { isBrick, withRunFolder } from '@factornet/core/node';
import { matchTasks } from '@factornet/data';
import { factorFolder, readTeacher, runPaths, trainFactorInto } from '@factornet/factorizer/node';
import { readCommonNetwork } from '@factornet/pipeline';
import { UnknownTaskError } from '@factornet/spec';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { onlyTask, openData, tellNotes } from '../../data/data-spec';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { placeOptions } from '../../packages/place-options';
import { explainFindings } from '../../render/findings';
import { createProgressReporter } from '../../render/progress';
import { explainStop } from '../../training/explain-stop';
import { type FactorFlags, trainingOptions } from './factor-flags';
import { renderNetworks } from './networks-rendering';
import { specificBackbones } from './specific-backbones';

export interface AddFactorFlags extends FactorFlags {
  readonly common: string;
  readonly task: string;
  readonly registry?: string;
  readonly teacher?: string;
}

/** Trains one more factor for a common-knowledge network that stays as it is, into a folder that is its own meanwhile. */
export async function addFactor(flags: AddFactorFlags, work: Work): Promise<Outcome> {
  const { out, task, force } = flags;
  const finished = async () =>
    (await isBrick(factorFolder(out, task))) ? factorFolder('', task) : undefined;
  return withRunFolder(out, { finished, force }, () => addInto(flags, work));
}

async function addInto(flags: AddFactorFlags, work: Work): Promise<Outcome> {
  const { out, seed } = flags;
  const options = trainingOptions(flags, work);
  const { name: backend } = await selectBackend(work);
  const common = await readCommonNetwork(flags.common, { ...placeOptions(flags, work), option: '--common' });
  const teacher =
    flags.teacher === undefined
      ? undefined
      : (await readTeacher(flags.teacher, { kinds: work.kinds, ...(flags.tap && { taps: flags.tap }) }))
          .teacher;
  const progress = createProgressReporter({ stream: work.io.stderr });
  let factor: FactorNetwork | undefined;
  try {
    const opened = await openData(flags.data, {
      limit: flags.limit,
      seed,
      channels: common.description.input.shape[2],
      taskName: flags.taskName ?? (teacher && onlyTask(teacher)) ?? flags.task,
    });
    const data = matchTasks(opened, teacher?.tasks ?? [], work.kinds);
    if (teacher !== undefined) tellNotes('--teacher', teacher, work.log);
    tellNotes('--data', data, work.log);
    const task = [...data.tasks, ...(teacher?.tasks ?? [])].find(({ name }) => name === flags.task);
    if (task === undefined) {
      throw new UnknownTaskError({ task: flags.task, known: data.tasks.map(({ name }) => name) });
    }
    const { maps, features } = common.description;
    const length = flags.features ?? features.shape[0];
    const specific = await specificBackbones(flags, { maps, usual: maps.at(-1), features: length });
    const trained = await withInterrupt(work.io, (signal) =>
      trainFactorInto(out, {
        ...options,
        ...{ common, task, specific, data, signal },
        ...(teacher && { teacher }),
        onProgress: progress.onProgress,
      }),
    );
    factor = trained.factor;
    const described = renderNetworks(common, [factor]);
    return {
      json: { out, backend, seed, ...described.json, history: trained.history, findings: trained.findings },
      text: [
        described.table,
        ...explainFindings(trained.findings),
        `The factor is in ${factorFolder(out, task.name)}.`,
      ],
    };
  } catch (error) {
    throw explainStop(error, runPaths(out, `factor-${flags.task}`));
  } finally {
    progress.stop();
    teacher?.dispose();
    disposeBrick(common);
    if (factor !== undefined) disposeBrick(factor);
  }
}
