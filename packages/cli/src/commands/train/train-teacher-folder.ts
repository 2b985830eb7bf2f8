import { join } from 'node:path';
import { requireSpace, withRunFolder } from '@factornet/core/node';
import { adam } from '@factornet/core/training';
import { channelStatistics, randomFlip, randomShift } from '@factornet/data';
import { layersTeacher, measureTeacher, trainTeacher } from '@factornet/factorizer';
import { fileCheckpoint, writeTeacher } from '@factornet/factorizer/node';
import { shellWord } from '@factornet/spec/internal';
import { multiTaskClassifier } from '@factornet/zoo';
import { selectBackend } from '../../backend';
import { exists } from '../../bricks/factorization-folder';
import type { Work } from '../../context';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import type { Architecture } from '../../options/architecture';
import type { TrainingFlags } from '../../options/training-flags';
import { formatBytes, formatCount, formatShare } from '../../render/format';
import { createProgressReporter } from '../../render/progress';
import { numeric, renderFacts, renderTable } from '../../render/table';
import { createBackbone } from '../../training/create-backbone';
import { explainStop } from '../../training/explain-stop';
import { runBytes } from '../../training/run-bytes';
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
  const finished = async () => ((await exists(join(out, 'teacher.json'))) ? 'teacher.json' : undefined);
  return withRunFolder(out, { finished, force }, () => trainInto(flags, work));
}

async function trainInto(flags: TrainFlags, work: Work): Promise<Outcome> {
  const { out, seed, epochs, batchSize, learningRate, pooling, features } = flags;
  const filters = { option: '--filters', given: flags.filters, otherwise: [32, 64, 128] };
  const backbone = await createBackbone({ architecture: flags.arch, filters, pooling, features });
  const { name: backend } = await selectBackend(work);
  const { train, test } = await openTrainAndTest(flags, work.log);
  const input = {
    shape: [...train.imageShape] as [number, number, number],
    layout: 'NHWC' as const,
    normalization: await channelStatistics(train, { seed }),
  };
  const tasks = [...train.tasks];
  const model = multiTaskClassifier({
    backbone,
    tasks: tasks.map(({ name, classes }) => ({ name, classes: classes.length })),
    inputShape: input.shape,
    seed,
    name: 'teacher',
  });
  // Looks up the taps, so that a wrong name is told before training and not after.
  const taps = [...(flags.tap ?? ['teacher/features'])];
  const teacher = await layersTeacher({ model, name: flags.name, input, tasks, taps });
  const progress = createProgressReporter({ stream: work.io.stderr });
  await requireSpace(out, runBytes(model.countParams()));
  const checkpoint = fileCheckpoint(join(out, 'checkpoint.safetensors'));
  try {
    const history = await withInterrupt(work.io, (signal) =>
      trainTeacher({
        model,
        input,
        tasks,
        data: train,
        epochs,
        batchSize,
        workers: flags.workers,
        seed,
        optimizer: adam({ learningRate }),
        checkpoint,
        signal,
        onProgress: progress.onProgress,
        augmentations: flags.augment ? [randomFlip(), randomShift({ pixels: 2 })] : [],
      }),
    );
    const accuracy = await measureTeacher(teacher, test);
    const manifest = await writeTeacher(out, model, {
      name: flags.name,
      input,
      tasks,
      taps,
      accuracy,
      data: test.name,
      command: work.commandLine,
      seed,
    });
    await checkpoint.clear();
    const bytes = manifest.model.topology.bytes + manifest.model.weights.bytes;
    const text = [
      renderTable(
        ['task', 'classes', numeric('test accuracy')],
        tasks.map(({ name, classes }) => [name, classes.length, formatShare(accuracy[name])]),
      ),
      renderFacts([
        ['parameters', formatCount(manifest.parameters)],
        ['size', formatBytes(bytes)],
        ['trained on', `${formatCount(train.size)} pictures`],
        ['measured on', `${formatCount(test.size)} others`],
      ]),
      `The teacher is in ${out}. Next: factornet factorize --teacher ${shellWord(out)} --data ${shellWord(flags.data)} --out out`,
    ];
    return {
      json: {
        out,
        name: flags.name,
        accuracy,
        parameters: manifest.parameters,
        bytes,
        backend,
        seed,
        history,
      },
      text: text.join('\n'),
    };
  } catch (error) {
    throw explainStop(error, { checkpoint: join(out, 'checkpoint.safetensors') });
  } finally {
    progress.stop();
    model.dispose();
  }
}
