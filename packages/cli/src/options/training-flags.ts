import { type Command, Option } from 'commander';
import { integer, positive } from './parsers';
import { type PlugInSpec, plugIn } from './plug-in-list';
import { type Pooling, poolingOption } from './pooling-option';
import { workersOption } from './workers-option';

/** What `factornet train` and `factornet factorize` are both given. */
export interface TrainingFlags {
  readonly data: string;
  readonly out: string;
  readonly limit?: number;
  readonly pooling: Pooling;
  readonly features?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly workers: number | 'auto';
  readonly learningRate?: number;
  readonly optimizer?: PlugInSpec;
  readonly tap?: readonly string[];
  readonly force: boolean;
  readonly seed: number;
}

/** Adds what is trained on, and where it goes. */
export function addDataOptions(command: Command, { out }: { out: string }): Command {
  return command
    .requiredOption(
      '--data <spec>',
      'shapes, shapes:size=8000,seed=1,noise=0.05, or an image folder or tar file',
    )
    .requiredOption('--out <dir>', out)
    .addOption(limitOption());
}

export function limitOption(): Option {
  return new Option('--limit <count>', 'use only so many examples, each class in proportion').argParser(
    integer(1),
  );
}

/** What options of training are about, and what stands for those that are not given, in words. */
export interface TrainingOptionTexts {
  readonly features: string;
  readonly tap: string;
  readonly usual: {
    readonly features: string;
    readonly epochs: string;
    readonly batchSize: string;
    readonly learningRate: string;
    readonly optimizer: string;
  };
}

/** Adds how long networks are trained, and how they end. */
export function addTrainingOptions(command: Command, { features, tap, usual }: TrainingOptionTexts): Command {
  return command
    .addOption(poolingOption())
    .option('--features <count>', `${features} (default: ${usual.features})`, integer(1))
    .option('--epochs <count>', `passes over the data (default: ${usual.epochs})`, integer(1))
    .option('--batch-size <count>', `examples per step (default: ${usual.batchSize})`, integer(2))
    .addOption(workersOption())
    .option(
      '--learning-rate <rate>',
      `the highest, after a short warm-up (default: ${usual.learningRate})`,
      positive(),
    )
    .option(
      '--optimizer <name>',
      `adam, adamW or sgd, with options as in adamW:weightDecay=0.01,decays=kernels or sgd:momentum=0.9,nesterov=true (default: ${usual.optimizer})`,
      (text: string) => plugIn(text, 'NAME or NAME:OPTION=VALUE,… such as sgd:momentum=0.9,nesterov=true'),
    )
    .option('--tap <layer...>', tap)
    .option('--force', 'replace what an earlier run finished in --out', false);
}
