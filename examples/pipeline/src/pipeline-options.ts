import type { Optimizer } from '@factornet/core/training';
import type { Dataset } from '@factornet/data';
import type { ObjectiveTerm, SpecificBackbones, TrainableCode } from '@factornet/factorizer';
import type { BaselineName } from '@factornet/pipeline';
import type { TaskDescription } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';

export interface PipelineOptions {
  /** Heading of the report. */
  title: string;
  /** A folder that `factornet train` wrote. */
  teacherDirectory: string;
  /** Layers of the teacher to compare with, instead of those its manifest names. */
  taps?: readonly string[];
  train: Dataset;
  test: Dataset;
  /** Default: the teacher's tasks. */
  tasks?: readonly TaskDescription[];
  common: Backbone;
  specific: SpecificBackbones;
  /** Default `'separate'`. */
  stages?: 'separate' | 'together';
  /** What kind of code t is, and hidden layers of heads. Default as of `factorize`. */
  code?: TrainableCode;
  hidden?: readonly number[];
  /** Of the common network, where it is trained by itself. */
  commonObjective?: readonly ObjectiveTerm[];
  objective?: readonly ObjectiveTerm[];
  optimizer?: Optimizer;
  /** Plain networks to train beside it. Default a shared trunk. */
  baselines?: readonly BaselineName[];
  epochs: number;
  batchSize: number;
  seed: number;
  /** npm scope of the packages, e.g. `@quickstart`. */
  scope: string;
  outDirectory: string;
  /** Keeps the consumer's project instead of removing it. */
  keep: boolean;
  /** Prints the report as JSON instead of a table. */
  json?: boolean;
  signal?: AbortSignal;
}
