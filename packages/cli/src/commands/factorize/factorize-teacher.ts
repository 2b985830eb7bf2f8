import { withRunFolder } from '@factornet/core/node';
import { classSubsets, type Dataset, matchTasks } from '@factornet/data';
import {
  disposeFactorization,
  type Factorization,
  mapsOfBackbone,
  type Teacher,
  usualMap,
} from '@factornet/factorizer';
import { factorizeInto, findNetwork, readTeacher, runPaths } from '@factornet/factorizer/node';
import { InvalidOptionError } from '@factornet/spec';
import { shellWord } from '@factornet/spec/internal';
import type { Backbone } from '@factornet/zoo';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { onlyTask, openData, tellNotes } from '../../data/data-spec';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { parseArchitecture } from '../../options/architecture';
import { explainFindings } from '../../render/findings';
import { createProgressReporter } from '../../render/progress';
import { createBackbone } from '../../training/create-backbone';
import { explainStop } from '../../training/explain-stop';
import { commonObjectiveOf, type FactorFlags, trainingOptions } from './factor-flags';
import { renderNetworks } from './networks-rendering';
import { specificBackbones } from './specific-backbones';

export interface FactorizeFlags extends FactorFlags {
  readonly teacher: string;
  readonly group?: Readonly<Record<string, readonly string[]>>;
  readonly groupTask?: string;
  readonly stages: 'separate' | 'together';
  readonly calibration?: string;
  /** The backbone of the common network, as text. */
  readonly common?: string;
  readonly commonFilters?: readonly number[];
  /** Names of what it offers. */
  readonly maps?: readonly string[];
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
  const { out, seed, stages, maps } = flags;
  const options = trainingOptions(flags, work);
  const common = await commonBackbone(flags);
  const { name: backend } = await selectBackend(work);
  const { teacher } = await readTeacher(flags.teacher, {
    kinds: work.kinds,
    ...(flags.tap && { taps: flags.tap }),
  });
  let stopProgress = () => {};
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
    const tasks = flags.group ? data.tasks : teacher.tasks;
    const specific = await specificOf(common, teacher, flags);
    const { onProgress, stop } = createProgressReporter({
      stream: work.io.stderr,
      ...(stages === 'separate' && { networks: ['common', ...tasks.map(({ name }) => name)] }),
    });
    stopProgress = stop;
    result = await withInterrupt(work.io, (signal) =>
      factorizeInto(out, {
        ...options,
        ...{ teacher, data, tasks, stages, common, specific, signal, onProgress },
        ...(stages === 'separate' && { commonObjective: commonObjectiveOf(flags) }),
        ...(maps && { maps }),
        ...(calibration && { calibration }),
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
    stopProgress();
    teacher.dispose();
    if (result !== undefined) disposeFactorization(result);
  }
}

/** A common network where nothing is said; one whose factors add t to z has few features, which t has, too. */
const usual = {
  separate: { features: 96, filters: [24, 48, 40] },
  together: { features: 16, filters: [16, 32, 64] },
} as const;

function commonBackbone({ stages, common, commonFilters, pooling, features: asked }: FactorizeFlags) {
  const { features, filters: otherwise } = usual[stages];
  const architecture = common === undefined ? undefined : parseArchitecture('--common', common);
  const filters = { option: '--common-filters', given: commonFilters, otherwise };
  return createBackbone({ architecture, filters, pooling, features: asked ?? features });
}

/** The backbones of task networks, by what the common network is going to offer. */
function specificOf(common: Backbone, { input }: Teacher, flags: FactorizeFlags) {
  const { stages, maps: asked, features = usual[stages].features } = flags;
  const all = mapsOfBackbone(common, input);
  const maps = asked === undefined ? all : all.filter(({ name }) => asked.includes(name));
  const first = asked === undefined ? usualMap(maps) : maps.at(-1);
  return specificBackbones(flags, { maps, features, usual: stages === 'separate' ? first : undefined });
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
