import { withRunFolder } from '@factornet/core/node';
import { classSubsets, type Dataset, matchTasks } from '@factornet/data';
import {
  commonObjective,
  disposeFactorization,
  type Factorization,
  type Teacher,
} from '@factornet/factorizer';
import { factorizeInto, findNetwork, readTeacher, runPaths } from '@factornet/factorizer/node';
import { InvalidOptionError } from '@factornet/spec';
import { shellWord } from '@factornet/spec/internal';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { onlyTask, openData, tellNotes } from '../../data/data-spec';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { parseArchitecture } from '../../options/architecture';
import { explainFindings } from '../../render/findings';
import { createProgressReporter } from '../../render/progress';
import { createBackbone } from '../../training/create-backbone';
import { createOptimizer } from '../../training/create-optimizer';
import { explainStop } from '../../training/explain-stop';
import { type FactorFlags, factorOptions, specificBackbone, togetherOptions } from './factor-flags';
import { renderNetworks } from './networks-rendering';

export interface FactorizeFlags extends FactorFlags {
  readonly teacher: string;
  readonly group?: Readonly<Record<string, readonly string[]>>;
  readonly groupTask?: string;
  readonly stages: 'separate' | 'together';
  readonly calibration?: string;
  /** The backbone of the common network, as text. */
  readonly common?: string;
  readonly commonFilters?: readonly number[];
}

/**
 * Takes a teacher apart and writes the bricks into a folder that is its own meanwhile; stopped midway, it keeps its state
 * and its last good weights.
 */
export async function factorizeTeacher(flags: FactorizeFlags, work: Work): Promise<Outcome> {
  const { out, force } = flags;
  const finished = () => findNetwork(out);
  return withRunFolder(out, { finished, force }, () => takeApart(flags, work));
}

async function takeApart(flags: FactorizeFlags, work: Work): Promise<Outcome> {
  const { out, features, epochs, batchSize, seed } = flags;
  const optimizer = createOptimizer(flags);
  const [common, specific] = [await commonBackbone(flags), await specificBackbone(flags, features)];
  const { name: backend } = await selectBackend(work);
  const { teacher } = await readTeacher(flags.teacher, {
    kinds: work.kinds,
    ...(flags.tap && { taps: flags.tap }),
  });
  const progress = createProgressReporter({ stream: work.io.stderr });
  let result: Factorization | undefined;
  try {
    const open = async (option: string, spec: string, limit?: number) => {
      const taskName = flags.taskName ?? onlyTask(teacher);
      const opened = await openData(spec, { limit, seed, channels: teacher.input.shape[2], taskName });
      const divided = divideTask(matchTasks(opened, teacher.tasks, work.kinds), teacher, flags);
      tellNotes(option, divided, work.log);
      return divided;
    };
    tellNotes('--teacher', teacher, work.log);
    const data = await open('--data', flags.data, flags.limit);
    const calibration = flags.calibration && (await open('--calibration', flags.calibration));
    result = await withInterrupt(work.io, (signal) =>
      factorizeInto(out, {
        teacher,
        data,
        ...(calibration && { calibration }),
        ...(flags.group && { tasks: data.tasks }),
        common,
        specific,
        ...trainingOf(flags),
        ...(work.kinds && { kinds: work.kinds }),
        optimizer,
        epochs,
        batchSize,
        workers: flags.workers,
        seed,
        signal,
        onProgress: progress.onProgress,
      }),
    );
    const described = renderNetworks(result.common, Object.values(result.factors));
    return {
      json: { out, backend, seed, ...described.json, history: result.history, findings: result.findings },
      text: [
        described.table,
        ...explainFindings(result.findings),
        `The networks are in ${out}. Next: factornet pack ${shellWord(out)} --scope @me --name NAME --out packages`,
      ],
    };
  } catch (error) {
    throw explainStop(error, { ...runPaths(out), checkpoint: out });
  } finally {
    progress.stop();
    teacher.dispose();
    if (result !== undefined) disposeFactorization(result);
  }
}

/** In which order networks are trained, and for what. */
function trainingOf(flags: FactorizeFlags) {
  const { stages, alpha } = flags;
  if (stages === 'together') return { stages, ...togetherOptions(flags) };
  return {
    stages,
    ...factorOptions(flags),
    ...(alpha !== undefined && { commonObjective: commonObjective({ alpha }) }),
  };
}

function commonBackbone({ common, commonFilters, pooling, features }: FactorizeFlags) {
  const architecture = common === undefined ? undefined : parseArchitecture('--common', common);
  const filters = { option: '--common-filters', given: commonFilters, otherwise: [16, 32, 64] };
  return createBackbone({ architecture, filters, pooling, features });
}

/** The dataset with a task for each `--group`, or as it is. */
function divideTask(data: Dataset, teacher: Teacher, { group, groupTask }: FactorizeFlags): Dataset {
  if (group === undefined) return data;
  const task = groupTask ?? onlyTask(teacher);
  if (task === undefined) {
    throw new InvalidOptionError({
      option: '--group-task',
      expected: `given, since the teacher has several tasks (${teacher.tasks.map(({ name }) => name).join(', ')})`,
      received: groupTask,
    });
  }
  return classSubsets(data, task, group);
}
