import { withRunFolder } from '@factornet/core/node';
import { channelStatistics, randomFlip, randomShift } from '@factornet/data';
import { isTeacher, runPaths, trainTeacherInto } from '@factornet/factorizer/node';
import { modelBytes } from '@factornet/pipeline';
import { shellWord, taskFacts } from '@factornet/spec/internal';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import type { Architecture } from '../../options/architecture';
import type { TrainingFlags } from '../../options/training-flags';
import { formatBytes, formatCount, formatShare } from '../../render/format';
import { createProgressReporter } from '../../render/progress';
import { numeric, renderFacts, tableOf } from '../../render/table';
import { createBackbone } from '../../training/create-backbone';
import { createOptimizer } from '../../training/create-optimizer';
import { explainStop } from '../../training/explain-stop';
import { openTrainAndTest, type TrainAndTestFlags } from './train-and-test-data';

export interface TrainFlags extends TrainingFlags, TrainAndTestFlags {
  readonly name: string;
  readonly arch?: Architecture;
  readonly filters?: readonly number[];
  readonly augment: boolean;
}

/** Trains a teacher, measures it on pictures it has not seen and writes its folder, which is its own meanwhile. */
export async function trainTeacherFolder(flags: TrainFlags, work: Work): Promise<Outcome> {
  const { out, force } = flags;
  const finished = async () => ((await isTeacher(out)) ? 'teacher.json' : undefined);
  return withRunFolder(out, { finished, force }, () => trainInto(flags, work));
}

async function trainInto(flags: TrainFlags, work: Work): Promise<Outcome> {
  const { out, seed, name, pooling, features = 64, epochs = 10, batchSize = 64 } = flags;
  const optimizer = createOptimizer(flags);
  const filters = { option: '--filters', given: flags.filters, otherwise: [32, 64, 128] };
  const backbone = await createBackbone({ architecture: flags.arch, filters, pooling, features });
  const { name: backend } = await selectBackend(work);
  const progress = createProgressReporter({ stream: work.io.stderr });
  try {
    const { manifest, history, train, test } = await withInterrupt(work.io, async (signal) => {
      const { train, test } = await openTrainAndTest(flags, work.log);
      const input = {
        shape: [...train.imageShape] as [number, number, number],
        layout: 'NHWC' as const,
        normalization: await channelStatistics(train, { seed }),
      };
      const trained = await trainTeacherInto(out, {
        ...{ name, backbone, input, seed, test, data: train },
        ...(flags.tap && { taps: flags.tap }),
        ...(work.kinds && { kinds: work.kinds }),
        ...{ epochs, batchSize },
        workers: flags.workers,
        optimizer,
        augmentations: flags.augment ? [randomFlip(), randomShift({ pixels: 2 })] : [],
        command: work.commandLine,
        signal,
        onProgress: progress.onProgress,
      });
      return { ...trained, train, test };
    });
    const { accuracy, parameters, tasks } = manifest;
    const bytes = modelBytes([manifest.model]);
    const text = [
      tableOf(
        ['task', 'classes', numeric('test accuracy')],
        tasks.map((task) => [
          task.name,
          taskFacts(task, work.kinds).names.length,
          formatShare(accuracy[task.name]),
        ]),
      ),
      renderFacts([
        ['parameters', formatCount(parameters)],
        ['size', formatBytes(bytes)],
        ['trained on', `${formatCount(train.size)} pictures`],
        ['measured on', `${formatCount(test.size)} others`],
      ]),
      `The teacher is in ${out}. Next: factornet factorize --teacher ${shellWord(out)} --data ${shellWord(flags.data)} --out out`,
    ];
    return {
      json: { out, name, accuracy, parameters, bytes, backend, seed, history },
      text,
    };
  } catch (error) {
    throw explainStop(error, { checkpoint: runPaths(out).checkpoint });
  } finally {
    progress.stop();
  }
}
