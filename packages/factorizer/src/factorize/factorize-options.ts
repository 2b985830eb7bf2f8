import type { Dataset } from '@factornet/data';
import type { FactornetError, TaskDescription } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import type { SpecificBackbones } from '../networks/factor-part';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { Teacher } from '../teacher/teacher';
import type { CheckpointStore } from '../training/checkpoint';
import type { Factorization } from './factorization';
import type { TrainingOptions } from './training-options';

export interface FactorizeOptions<Tasks extends readonly TaskDescription[]> extends TrainingOptions {
  /** Frozen; bit-identical afterwards. */
  teacher: Teacher;
  /** Training examples; classes are matched by name. Tasks without labels learn from the teacher's outputs alone. */
  data: Dataset;
  /**
   * Pictures to fit the temperatures of joint distributions on by their labels, of which no network sees any, a thousand or
   * more. Default: the training pictures, by the teacher's probabilities, since networks know their labels by heart. To
   * withhold some from training for this costs factors more than a joint distribution gains.
   */
  calibration?: Dataset;
  /** One factor each: tasks of the teacher, or class subsets of one. Default: all of the teacher's. */
  tasks?: Tasks;
  /**
   * `'separate'`, the default: the common network first, which is then frozen, and each factor on it, as `trainFactor` trains
   * one for anybody: both give the same factor. `'together'`: all at once, as in the paper.
   */
  stages?: 'separate' | 'together';
  /** Of the common network, where it is trained by itself. Default `commonObjective()`. */
  commonObjective?: readonly ObjectiveTerm[];
  /** Backbone of the common-knowledge network; with `add()` its feature length is that of every factor, too. */
  common: Backbone;
  /**
   * Names of the backbone's maps that factors may read. Default: of networks that are trained one by one the map before the
   * last, and those that `specific` names; else none.
   */
  maps?: readonly string[];
  /** Of every task-specific network, or for each task: a backbone of pictures, or one for each thing that it reads. */
  specific: SpecificBackbones | ((task: TaskDescription) => SpecificBackbones);
  /** Where the state of each training is kept, by its name: `common`, `factor-<task>`, or `together`. */
  checkpoint?: (training: string) => CheckpointStore;
  /**
   * Called before this function throws because of NaN, cancellation or a worker that died, with the networks at their last
   * good weights, those that were begun. The listener owns them.
   */
  onStopped?: (partial: Factorization, reason: FactornetError) => void | Promise<void>;
}
