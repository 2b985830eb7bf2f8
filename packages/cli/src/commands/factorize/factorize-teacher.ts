import { join } from 'node:path';
import { requireSpace, withRunFolder, writeJson } from '@factornet/core/node';
import { adam } from '@factornet/core/training';
import { classSubsets, type Dataset, matchClasses } from '@factornet/data';
import {
  disposeFactorization,
  type Factorization,
  factorize,
  infoMaxBottleneck,
  type Teacher,
} from '@factornet/factorizer';
import { fileCheckpoint, readTeacher } from '@factornet/factorizer/node';
import { InvalidOptionError } from '@factornet/spec';
import { shellWord } from '@factornet/spec/internal';
import { selectBackend } from '../../backend';
import { descriptionOfBricks, findBrick, removeBricks, writeBricks } from '../../bricks/factorization-folder';
import type { Work } from '../../context';
import { onlyTask, openData, tellNotes } from '../../data/data-spec';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { parseArchitecture } from '../../options/architecture';
import { createProgressReporter } from '../../render/progress';
import { createBackbone } from '../../training/create-backbone';
import { explainStop } from '../../training/explain-stop';
import { backboneParameters, runBytes } from '../../training/run-bytes';
import { type FactorFlags, objectiveWeights, specificBackbone } from './factor-flags';

export interface FactorizeFlags extends FactorFlags {
  readonly teacher: string;
  readonly group?: Readonly<Record<string, readonly string[]>>;
  readonly groupTask?: string;
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
  const finished = () => findBrick(out);
  return withRunFolder(out, { finished, force }, () => factorizeInto(flags, work));
}

async function factorizeInto(flags: FactorizeFlags, work: Work): Promise<Outcome> {
  const { out, features, epochs, batchSize, seed } = flags;
  const [common, specific] = [await commonBackbone(flags), await specificBackbone(flags, features)];
  const { name: backend } = await selectBackend(work);
  const { teacher } = await readTeacher(flags.teacher, flags.tap === undefined ? {} : { taps: flags.tap });
  const progress = createProgressReporter({ stream: work.io.stderr });
  const paths = { checkpoint: join(out, 'checkpoint.safetensors'), partial: join(out, 'partial') };
  let result: Factorization | undefined;
  try {
    const opened = await openData(flags.data, {
      limit: flags.limit,
      seed,
      channels: teacher.input.shape[2],
      taskName: flags.taskName ?? onlyTask(teacher),
    });
    const data = divideTask(matchClasses(opened, teacher.tasks), teacher, flags);
    tellNotes('--teacher', teacher, work.log);
    tellNotes('--data', data, work.log);
    const [ofCommon, ofFactor] = [common, specific].map((each) =>
      backboneParameters(each, teacher.input.shape),
    ) as [number, number];
    const factors = (flags.group === undefined ? teacher : data).tasks.length;
    await requireSpace(out, runBytes(ofCommon + factors * ofFactor));
    const checkpoint = fileCheckpoint(paths.checkpoint);
    result = await withInterrupt(work.io, (signal) =>
      factorize({
        teacher,
        data,
        ...(flags.group && { tasks: data.tasks }),
        common,
        specific,
        objective: infoMaxBottleneck(objectiveWeights(flags)),
        optimizer: adam({ learningRate: flags.learningRate }),
        epochs,
        batchSize,
        workers: flags.workers,
        seed,
        checkpoint,
        signal,
        onProgress: progress.onProgress,
        onStopped: async (partial) => {
          await writeBricks(partial, paths.partial);
          disposeFactorization(partial);
        },
      }),
    );
    await writeBricks(result, out);
    await writeJson(join(out, 'history.json'), result.history);
    await removeBricks(paths.partial);
    await checkpoint.clear();
    const described = descriptionOfBricks(result.common, Object.values(result.factors));
    return {
      json: { out, backend, seed, ...described.json, history: result.history },
      text: [
        described.table,
        `The networks are in ${out}. Next: factornet pack ${shellWord(out)} --scope @me --name NAME --out packages`,
      ].join('\n'),
    };
  } catch (error) {
    throw explainStop(error, paths);
  } finally {
    progress.stop();
    teacher.dispose();
    if (result !== undefined) disposeFactorization(result);
  }
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
