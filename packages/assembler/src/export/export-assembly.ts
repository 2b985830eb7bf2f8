import type { Code, PlainLayer } from '@factornet/core';
import { InvalidOptionError } from '@factornet/spec';
import { softmax } from '@factornet/spec/internal';
import type { LayersModel } from '@tensorflow/tfjs';
import type { PlacedFactor } from '../assembly/evaluate-factors';
import { type AssembleOptions, type LoadedComposition, loadComposition } from '../assembly/load-composition';
import type { LoadedTrunk } from '../assembly/loaded';
import { planJoint } from '../joint/plan-joint';
import type { CommonSource, FactorSource } from '../sources';
import { foldNormalization } from './fold-normalization';
import { fuseActivations } from './fuse-activations';
import { type JoinedFactor, type JoinedTrunk, joinGraphs, type NamedGraph } from './join-graphs';
import { addJointOutput } from './joint-output';
import { makeModel } from './make-model';
import { keepOutputs } from './model-graph';
import { nameOutputs, outputNames, reservedNames } from './name-outputs';
import { readGraph } from './read-graph';
import { removeNoOps } from './remove-no-ops';

/** Everything that `assemble` takes, and what is to come out. */
export interface ExportOptions extends AssembleOptions {
  /** The common-knowledge network, or several. */
  readonly common: CommonSource | readonly CommonSource[];
  readonly factors: readonly FactorSource[];
  /** What the model puts out; kinds that make no probabilities give their outputs either way. Default `logits`. */
  readonly outputs?: 'logits' | 'probabilities' | undefined;
  /** A label space: one more output tells apart the classes of all its factors together. Default none. */
  readonly joint?: string | undefined;
  /** Folds normalization and activations into the layers before. Default true; false is there for comparison. */
  readonly fold?: boolean | undefined;
}

/**
 * Makes one Layers model of an assembly, of standard layers alone, so that it can be saved and opened by
 * `tf.loadLayersModel` without us. It takes pictures `[batch, height, width, channels]` with values in [0, 1] and has
 * one output per factor, its logits `[batch, classes]`, in the order of the factors and named by task.
 *
 * It gives what the assembly gives, up to rounding, and sooner: BatchNormalization is folded into the convolutions,
 * activations are fused with them, and what only training needs is left out. (A hard choice between two numbers that
 * rounding alone tells apart may fall the other way, and is shared between them if they are equal in every bit.) The networks passed in stay as they are;
 * the caller disposes of the model.
 *
 * @throws what `assemble` throws
 * @throws RefusedPackageError if a network in memory has a layer that packages may not hold
 * @throws NotComparableError if the factors of the label space do not go together
 * @throws InvalidOptionError for no factors, or one whose code no layers make, such as a sample's
 * @example
 * const model = await exportAssembly({ common, factors: [shape, hue] });
 * await model.save('indexeddb://shapes');
 * const [shapeLogits, hueLogits] = model.predict(images) as tf.Tensor[];
 */
export async function exportAssembly(options: ExportOptions): Promise<LayersModel> {
  const { common, factors } = options;
  if (factors.length === 0) {
    throw new InvalidOptionError({ option: 'factors', expected: 'at least one factor', received: factors });
  }
  const loaded = await loadComposition(common, factors, options);
  try {
    return await makeModel(await composeGraph(loaded, options), 'assembly');
  } finally {
    for (const each of [...loaded.trunks, ...loaded.factors]) each.release();
  }
}

async function composeGraph(
  { trunks, factors }: LoadedComposition,
  { outputs = 'logits', joint, fold = true }: ExportOptions,
) {
  const tasks = factors.map(({ task }) => task);
  const plan = joint === undefined ? undefined : planJoint(factors, joint);
  const names = outputNames(
    tasks.map(({ name }) => name),
    joint,
  );
  const joined = joinGraphs(
    await Promise.all(trunks.map(readTrunk)),
    await Promise.all(factors.map((factor) => readFactor(factor, trunks.indexOf(factor.trunk)))),
    reservedNames(names),
  );
  const complete = plan === undefined ? joined : addJointOutput(joined, plan, tasks, reservedNames(names));
  const needed = removeNoOps(keepOutputs(complete, complete.outputs));
  const folded = fold ? fuseActivations(foldNormalization(needed)) : needed;
  const last = [...factors.map(({ kind }) => kind.probabilities), softmax];
  return nameOutputs(folded, names, outputs === 'probabilities' ? last : []);
}

async function readTrunk({ input, maps, network, label }: LoadedTrunk): Promise<JoinedTrunk> {
  return { input, maps: maps.map(({ name }) => name), network: await read(network, label) };
}

async function readFactor(
  { task, description, code, fusion, specific, head, label }: PlacedFactor,
  trunk: number,
): Promise<JoinedFactor> {
  return {
    task: task.name,
    trunk,
    reads: description.reads.map(({ from }) => from),
    code: layersOf(code, label),
    fusion,
    specific: await read(specific, `the task-specific network of ${label}`),
    head: await read(head, `the head of ${label}`),
  };
}

function layersOf({ type, settings, layers }: Code, label: string): readonly PlainLayer[] {
  if (layers !== undefined) return layers;
  throw new InvalidOptionError(
    {
      option: 'factors',
      expected: `factors whose code layers of TensorFlow.js can make, unlike that of ${label}`,
      received: { type, settings },
    },
    {
      hint: "Leave it out, or use it by `assemble`. A Gaussian code has to be made with `gaussian({ ships: 'mean' })`: no layer draws a sample when a model infers.",
    },
  );
}

async function read(model: LayersModel, source: string): Promise<NamedGraph> {
  return { name: model.name, graph: await readGraph(model, source) };
}
