import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import {
  type CheckpointStore,
  disposePlainNetwork,
  equalParameters,
  measurePlainNetwork,
  type PerTask,
  type PlainNetwork,
  type SharedTrunkOptions,
  trainSharedTrunk,
} from '@factornet/factorizer';

/** What a factorization can stand beside: one network for all tasks, or one for each. */
export const baselineNames = ['shared-trunk', 'students'] as const;
export type BaselineName = (typeof baselineNames)[number];

/** What came of a baseline, trained on the same pictures by the same teacher. */
export interface BaselineFigures {
  /** Scores by the tasks' kinds. */
  readonly accuracy: PerTask;
  /** Of all its networks together. */
  readonly parameters: number;
  readonly epochs: number;
  /** Of training all its networks, one after the other; of those that an earlier run left none. */
  readonly seconds: number;
}

export type Baselines = Readonly<Partial<Record<BaselineName, BaselineFigures>>>;

export interface MeasureBaselinesOptions
  extends Omit<SharedTrunkOptions, 'tasks' | 'data' | 'name' | 'parameters' | 'checkpoint'> {
  /** Default all. */
  which?: readonly BaselineName[];
  /** What they stand beside: their tasks are those of the factors, their parameters equal to its own. */
  networks: {
    readonly common: CommonNetwork;
    readonly factors: Readonly<Record<string, FactorNetwork>>;
  };
  /** What the factorization was trained on. */
  train: Dataset;
  /** What it is measured on. */
  test: Dataset;
  /** By the network's name, `shared-trunk`, `student-shape`: where its run is kept. A complete one is not trained again. */
  checkpoint?: (network: string) => CheckpointStore;
}

/**
 * Trains plain networks and measures them on the same pictures as a factorization: a shared trunk with as many parameters as
 * the common network and all factors, and students with as many each as the common network and one factor.
 *
 * @throws as `trainSharedTrunk`
 * @example
 * const baselines = await measureBaselines({ teacher, networks, backbone: convolutional({ … }), train, test });
 * const report = { ...(await measureNetworks({ teacher, networks, data: test })), baselines };
 */
export async function measureBaselines(options: MeasureBaselinesOptions): Promise<Baselines> {
  const { which = baselineNames, networks, train, test, checkpoint, ...shared } = options;
  const { kinds, onProgress, signal } = shared;
  const tasks = Object.values(networks.factors).map(({ description }) => description.task);
  const parameters = equalParameters(networks.common, networks.factors);
  const planned = {
    'shared-trunk': [{ name: 'shared-trunk', tasks, parameters: parameters.sharedTrunk }],
    students: tasks.map((task) => ({
      name: `student-${task.name}`,
      tasks: [task],
      parameters: parameters.students[task.name] as number,
    })),
  };
  const chosen = baselineNames.filter((name) => which.includes(name));
  const all = chosen.flatMap((name) => planned[name]);
  const found: Partial<Record<BaselineName, BaselineFigures>> = {};
  for (const name of chosen) {
    const figures = { accuracy: {} as Record<string, number>, parameters: 0, epochs: 0, seconds: 0 };
    for (const request of planned[name]) {
      const place = `baseline ${all.indexOf(request) + 1} of ${all.length}: ${request.name}`;
      onProgress?.({ type: 'note', stage: 'training', message: place });
      const startedAt = performance.now();
      let network: PlainNetwork | undefined;
      try {
        network = await trainSharedTrunk({
          ...shared,
          ...request,
          data: train,
          ...(checkpoint && { checkpoint: checkpoint(request.name) }),
        });
        figures.seconds += (performance.now() - startedAt) / 1000;
        figures.parameters += network.parameters;
        figures.epochs = network.history.length;
        Object.assign(
          figures.accuracy,
          await measurePlainNetwork(network, test, { kinds, onProgress, signal }),
        );
      } finally {
        if (network !== undefined) disposePlainNetwork(network);
      }
    }
    found[name] = figures;
  }
  return found;
}
