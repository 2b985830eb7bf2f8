import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { InvalidOptionError } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { conflictError } from '../plan/conflict';
import { listOf, planAssembly } from '../plan/plan-assembly';
import { foldNormalization } from './fold-normalization';
import { fuseActivations } from './fuse-activations';
import { type JoinedFactor, type JoinedTrunk, joinGraphs, type NamedGraph } from './join-graphs';
import { makeModel } from './make-model';
import { keepOutputs } from './model-graph';
import { nameOutputs } from './name-outputs';
import { readGraph } from './read-graph';
import { removeNoOps } from './remove-no-ops';

export interface ExportOptions {
  /** The common-knowledge network, or several. */
  readonly common: CommonNetwork | readonly CommonNetwork[];
  readonly factors: readonly FactorNetwork[];
  /** Allows several common-knowledge networks, each of which runs for every picture. Default false. */
  readonly multipleTrunks?: boolean;
  /** What the model puts out per task. Default `logits`. */
  readonly outputs?: 'logits' | 'probabilities';
  /** Folds normalization and activations into the layers before. Default true; false is there for comparison. */
  readonly fold?: boolean;
}

/**
 * Makes one Layers model of an assembly, of standard layers alone, so that it can be saved and opened by
 * `tf.loadLayersModel` without us. It takes pictures `[batch, height, width, channels]` with values in [0, 1] and has
 * one output per factor, `head(z + mean)`, `[batch, classes]`, in the order of the factors and named by task.
 *
 * It gives what the assembly gives, up to rounding, and sooner: BatchNormalization is folded into the convolutions,
 * activations are fused with them, and what only training needs is left out. The networks passed in stay as they are;
 * the caller disposes of the model.
 *
 * @throws IncompatibleCommonError, DuplicateTaskError, MultipleTrunksError, ShapeMismatchError as `assemble` does
 * @throws RefusedPackageError if a network has a layer that packages may not hold
 * @throws InvalidOptionError for no factors
 * @example
 * const model = await exportAssembly({ common, factors: [shape, hue] });
 * await model.save('indexeddb://shapes');
 * const [shapeLogits, hueLogits] = model.predict(images) as tf.Tensor[];
 */
export async function exportAssembly(options: ExportOptions): Promise<LayersModel> {
  const { factors, multipleTrunks, outputs = 'logits', fold = true } = options;
  const trunks = listOf<CommonNetwork>(options.common);
  if (factors.length === 0) {
    throw new InvalidOptionError({ option: 'factors', expected: 'at least one factor', received: factors });
  }
  const plan = planAssembly({ common: trunks, factors, multipleTrunks });
  const [conflict] = plan.conflicts;
  if (conflict !== undefined) throw conflictError(conflict);
  const graph = joinGraphs(
    await Promise.all(trunks.map(readTrunk)),
    await Promise.all(
      factors.map((factor, index) => readFactor(factor, plan.factors[index]?.trunk as number)),
    ),
  );
  const needed = removeNoOps(keepOutputs(graph, graph.outputs));
  const folded = fold ? fuseActivations(foldNormalization(needed)) : needed;
  return makeModel(nameOutputs(folded, plan.tasks, outputs === 'probabilities'), 'assembly');
}

async function readTrunk({ description: { input }, network }: CommonNetwork): Promise<JoinedTrunk> {
  return { input, network: await read(network, 'The common-knowledge network') };
}

async function readFactor(
  { description: { task }, specific, head }: FactorNetwork,
  trunk: number,
): Promise<JoinedFactor> {
  const part = (model: LayersModel, what: string) => read(model, `The ${what} of "${task.name}"`);
  return {
    task: task.name,
    trunk,
    specific: await part(specific, 'task-specific network'),
    head: await part(head, 'head'),
  };
}

async function read(model: LayersModel, source: string): Promise<NamedGraph> {
  return { name: model.name, graph: await readGraph(model, source) };
}
