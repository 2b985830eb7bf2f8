import { join } from 'node:path';
import { disposeBrick, type FactorNetwork } from '@factornet/core';
import { requireSpace, withRunFolder, writeBrick, writeJson } from '@factornet/core/node';
import { adam } from '@factornet/core/training';
import { matchClasses } from '@factornet/data';
import { infoMaxBottleneck, trainFactor } from '@factornet/factorizer';
import { fileCheckpoint, readTeacher } from '@factornet/factorizer/node';
import { UnknownTaskError } from '@factornet/spec';
import { selectBackend } from '../../backend';
import { descriptionOfBricks, factorFolder, isBrick, removeBricks } from '../../bricks/factorization-folder';
import { readCommon } from '../../bricks/read-common';
import type { Work } from '../../context';
import { onlyTask, openData, tellNotes } from '../../data/data-spec';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { createProgressReporter } from '../../render/progress';
import { explainStop } from '../../training/explain-stop';
import { backboneParameters, runBytes } from '../../training/run-bytes';
import { type FactorFlags, objectiveWeights, specificBackbone } from './factor-flags';

export interface AddFactorFlags extends FactorFlags {
  readonly common: string;
  readonly task: string;
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
  const { out, epochs, batchSize, seed } = flags;
  const { name: backend } = await selectBackend(work);
  const common = await readCommon(flags.common);
  const teacher =
    flags.teacher === undefined
      ? undefined
      : (await readTeacher(flags.teacher, flags.tap === undefined ? {} : { taps: flags.tap })).teacher;
  const progress = createProgressReporter({ stream: work.io.stderr });
  const paths = {
    checkpoint: join(out, `checkpoint-${flags.task}.safetensors`),
    partial: join(out, 'partial'),
  };
  let factor: FactorNetwork | undefined;
  try {
    const opened = await openData(flags.data, {
      limit: flags.limit,
      seed,
      channels: common.description.input.shape[2],
      taskName: flags.taskName ?? (teacher && onlyTask(teacher)) ?? flags.task,
    });
    const data = matchClasses(opened, teacher?.tasks ?? []);
    if (teacher !== undefined) tellNotes('--teacher', teacher, work.log);
    tellNotes('--data', data, work.log);
    const task = [...data.tasks, ...(teacher?.tasks ?? [])].find(({ name }) => name === flags.task);
    if (task === undefined) {
      throw new UnknownTaskError({ task: flags.task, known: data.tasks.map(({ name }) => name) });
    }
    const specific = await specificBackbone(flags, common.description.features.shape[0]);
    await requireSpace(out, runBytes(backboneParameters(specific, common.description.input.shape)));
    const checkpoint = fileCheckpoint(paths.checkpoint);
    const trained = await withInterrupt(work.io, (signal) =>
      trainFactor({
        common,
        task,
        specific,
        data,
        ...(teacher && { teacher }),
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
          await writeBrick(partial, factorFolder(paths.partial, task.name));
          disposeBrick(partial);
        },
      }),
    );
    factor = trained.factor;
    await writeBrick(factor, factorFolder(out, task.name));
    await writeJson(join(out, `history-${task.name}.json`), trained.history);
    await removeBricks(paths.partial);
    await checkpoint.clear();
    const described = descriptionOfBricks(common, [factor]);
    return {
      json: { out, backend, seed, ...described.json, history: trained.history },
      text: `${described.table}\nThe factor is in ${factorFolder(out, task.name)}.`,
    };
  } catch (error) {
    throw explainStop(error, paths);
  } finally {
    progress.stop();
    teacher?.dispose();
    disposeBrick(common);
    if (factor !== undefined) disposeBrick(factor);
  }
}
