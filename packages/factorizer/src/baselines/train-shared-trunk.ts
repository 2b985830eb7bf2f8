import { adamW, type Optimizer } from '@factornet/core/training';
import { type Dataset, matchTasks } from '@factornet/data';
import type { TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { checkTasks, ofKinds } from '@factornet/spec/training';
import type { Backbone } from '@factornet/zoo';
import { separately } from '../factorize/recipes';
import { statisticVariables, trainableVariables } from '../networks/variables';
import { balanceTasks } from '../objective/task-balance';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import { cacheTeacher } from '../teacher/teacher-cache';
import { surveyLabels } from '../training/label-survey';
import { type RunOptions, runDefaults } from '../training/run-options';
import { train } from '../training/train';
import { openGradients } from '../training/worker-gradients';
import { type Distillation, distillationDefaults } from './distillation';
import { widenTo } from './equal-parameters';
import { createPlainNetwork, disposePlainNetwork, modelsOf, type PlainNetwork } from './plain-network';
import { prepareDistillation } from './prepare-distillation';

/** Of the rates that `pnpm bench:method` tries, the best for a trunk, and as good as any for students. */
const LEARNING_RATE = 8e-3;

export interface BaselineOptions extends RunOptions, Distillation {
  /** Frozen; bit-identical afterwards. */
  teacher: Teacher;
  /** Training examples; classes are matched by name. Tasks without labels learn from the teacher's outputs alone. */
  data: Dataset;
  /** Default 8, as of each network of a factorization. */
  epochs?: number;
  /** Default 32. */
  batchSize?: number;
  /** Default `adamW({ learningRate: 8e-3, weightDecay: 0.01 })`. */
  optimizer?: Optimizer;
  /** Most bytes of the teacher's answers to keep in memory, as in `factorize`. */
  teacherCacheBytes?: number;
}

export interface SharedTrunkOptions extends BaselineOptions {
  /** One head each. Default: all of the teacher's. */
  tasks?: readonly TaskDescription[];
  backbone: Backbone;
  /** Widens the backbone until the network has so many, heads included; see `equalParameters`. */
  parameters?: number;
  /** Prefix of every layer name. Default `shared-trunk`. */
  name?: string;
}

/**
 * The baseline that a factorization stands beside: one network with a linear head per task on shared features, distilled
 * from the same teacher in the same loop, in the way that `commonDistillation` teaches a common network; of classifications
 *
 * `Σ_j w_j · [H(y_j, softmax(head_j(f(x)))) + λ · KL(softmax(teacher_j / T) ‖ softmax(head_j(f(x))))]`.
 *
 * The caller disposes of the result with `disposePlainNetwork`.
 *
 * @throws as `factorize`
 * @throws InvalidOptionError if the backbone is to be widened and cannot be
 * @example
 * const { sharedTrunk: parameters } = equalParameters(common, factors);
 * const network = await trainSharedTrunk({ teacher, data, backbone: convolutional({ … }), parameters });
 * const { accuracy } = await measurePlainNetwork(network, test);
 */
export async function trainSharedTrunk(options: SharedTrunkOptions): Promise<PlainNetwork> {
  const { teacher, parameters, name = 'shared-trunk' } = options;
  const tasks = options.tasks ?? teacher.tasks;
  const { kinds, epochs, batchSize, seed, ...settings } = {
    ...runDefaults,
    ...{ epochs: separately.epochs, batchSize: separately.batchSize },
    ...distillationDefaults,
    ...options,
  };
  checkTasks(tasks, ofKinds(kinds));
  const { input } = teacher;
  const data = matchTasks(options.data, tasks, kinds);
  const taught = tasks.map((task) => findTaskLogits(teacher, task, kindOf(task, kinds)));
  const { labels } = await surveyLabels(data, tasks, kinds);
  const request = { input, tasks, kinds, backbone: options.backbone };
  const backbone = parameters === undefined ? options.backbone : widenTo(parameters, request);
  const network = createPlainNetwork({ ...request, backbone, seed, name });
  const models = modelsOf(network);
  const variables = models.flatMap(trainableVariables);
  const optimizer = options.optimizer ?? adamW({ learningRate: LEARNING_RATE, weightDecay: 0.01 });
  const { transferWeight, temperature, balanced } = settings;
  const distillation = { transferWeight, temperature, balanced };
  const balance = balanced ? balanceTasks(tasks.length) : undefined;
  try {
    const lookUp = await cacheTeacher(teacher, data, { ...options, readings: [] });
    const gradients = await openGradients([network.trunk], {
      workers: options.workers,
      batchSize: Math.min(batchSize, data.size),
    });
    const context = { network, kinds, data, lookUp, taught, labels, distillation, balance };
    const history = await train({
      ...options,
      operation: 'train a baseline',
      variables,
      statistics: models.flatMap(statisticVariables),
      termState: balance?.state ?? [],
      gradients,
      examples: data.size,
      batchSize,
      epochs,
      seed,
      optimizer,
      fingerprint: JSON.stringify([
        'baseline',
        name,
        data.name,
        teacher.digest,
        tasks,
        distillation,
        { epochs, batchSize, seed, optimizer: [optimizer.name, optimizer.learningRate, optimizer.settings] },
        network.backbone,
        variables.map((variable) => variable.shape),
      ]),
      prepare: (indices) => prepareDistillation(context, indices),
    }).finally(() => gradients.dispose());
    return { ...network, history };
  } catch (error) {
    disposePlainNetwork(network);
    throw error;
  } finally {
    balance?.dispose();
  }
}
