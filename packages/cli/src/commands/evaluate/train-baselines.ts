import { join } from 'node:path';
import type { Dataset } from '@factornet/data';
import { labelFor } from '@factornet/data';
import type { ProgressListener, Teacher } from '@factornet/factorizer';
import { fileCheckpoint } from '@factornet/factorizer/node';
import { type Baselines, measureBaselines, type Networks } from '@factornet/pipeline';
import { InvalidOptionError } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { namedBackbones } from '@factornet/zoo/named';
import type { Work } from '../../context';
import { type OpenDataOptions, openData, tellNotes } from '../../data/data-spec';
import { createOptimizer } from '../../training/create-optimizer';
import { explainStop } from '../../training/explain-stop';
import type { BaselineFlags } from './baseline-flags';

export interface BaselineRequest {
  readonly flags: BaselineFlags & { readonly bricks?: string; readonly seed: number };
  readonly teacher: Teacher;
  readonly networks: Networks;
  readonly test: Dataset;
  /** How the training pictures are opened. */
  readonly opening: Pick<OpenDataOptions, 'taskName' | 'channels'>;
  readonly onProgress: ProgressListener;
  readonly signal: AbortSignal;
}

/** Trains the plain networks that were asked for, and measures them; stopped midway, it keeps their state. */
export async function trainBaselines(request: BaselineRequest, work: Work): Promise<Baselines | undefined> {
  const { flags, teacher, networks, test, opening, onProgress, signal } = request;
  const { baselines: which, trainData, bricks, epochs, batchSize, learningRate, seed } = flags;
  if (which === undefined || trainData === undefined) return undefined;
  const { backbone, provenance } = networks.common.description;
  const tasks = Object.values(networks.factors).map(({ description }) => description.task);
  const train = labelFor(tasks, await openData(trainData, { ...opening, seed }), work.kinds);
  tellNotes('--train-data', train, work.log);
  if (train.name !== provenance.data) {
    work.log(
      `--train-data: ${train.name} is not what the common network was trained on, ${provenance.data}.`,
    );
  }
  const directory = flags.baselinesDir ?? join(bricks ?? '.', 'baselines');
  try {
    return await measureBaselines({
      which,
      teacher,
      networks,
      backbone: await backboneOf(backbone),
      train,
      test,
      seed,
      checkpoint: (network) => fileCheckpoint(join(directory, `${network}.safetensors`)),
      onProgress,
      signal,
      ...(work.kinds && { kinds: work.kinds }),
      ...(epochs !== undefined && { epochs }),
      ...(batchSize !== undefined && { batchSize }),
      ...(learningRate !== undefined && { optimizer: createOptimizer({ learningRate }) }),
    });
  } catch (error) {
    throw explainStop(error, { checkpoint: directory });
  }
}

/** The common network's own backbone, as a baseline's to be widened. */
function backboneOf({ name, options }: Pick<Backbone, 'name' | 'options'>): Promise<Backbone> {
  const known = namedBackbones.find((each) => each.name === name);
  if (known !== undefined) return known.create(options);
  throw new InvalidOptionError(
    {
      option: '--baselines',
      expected: `used with a common network of the zoo: ${namedBackbones.map((each) => each.name).join(', ')}`,
      received: name,
    },
    { hint: 'A program can hand its own backbone to measureBaselines of @factornet/pipeline.' },
  );
}
