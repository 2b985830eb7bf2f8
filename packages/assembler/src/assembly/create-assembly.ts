import { commonOutputs, normalizeImages, withScope } from '@factornet/core';
import { checkImages, refuseNonFinite, unscaledImages } from '@factornet/core/internal';
import { DisposedError, InvalidOptionError, UnknownTaskError } from '@factornet/spec';
import { classesOf, outputSize } from '@factornet/spec/internal';
import { getBackend, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs';
import { joinLogits } from '../joint/join-logits';
import { planJoint } from '../joint/plan-joint';
import type { ReadFactor } from '../packages/read-source';
import { conflictError } from '../plan/conflict';
import { planAssembly } from '../plan/plan-assembly';
import type { FactorSource } from '../sources';
import type { Assembly } from './assembly';
import { evaluateFactors, type PlacedFactor } from './evaluate-factors';
import { inParts } from './in-parts';
import type { LoadedTrunk } from './loaded';
import { picturesAtOnce } from './pictures-at-once';
import { readLogits } from './read-logits';

/** How an assembly gets a factor that is added to it. */
export interface FactorLoader {
  /** Reads the manifest of a source. */
  read(source: FactorSource): Promise<ReadFactor>;
  /** Loads a factor for a common-knowledge network that it fits. */
  load(factor: ReadFactor, trunk: LoadedTrunk): Promise<PlacedFactor>;
}

/** Makes an assembly of networks that were loaded and go together. It releases them when disposed. */
export function createAssembly(
  trunks: readonly LoadedTrunk[],
  loaded: readonly PlacedFactor[],
  loader: FactorLoader,
  seed?: number,
): Assembly {
  const factors = new Map(loaded.map((factor) => [factor.task.name, factor]));
  let commonEvaluations = 0;
  let disposed = false;

  const refuseIfDisposed = () => {
    if (disposed) throw new DisposedError({ what: 'assembly' });
  };
  const plan = (...more: readonly ReadFactor[]) =>
    planAssembly({
      common: trunks.map(({ source }) => source),
      factors: [...[...factors.values()].map(({ source }) => source), ...more],
      multipleTrunks: true,
    });
  /** The common-knowledge network that one more factor runs with. */
  const placeFor = (factor: ReadFactor): LoadedTrunk => {
    refuseIfDisposed();
    const { conflicts, factors: planned } = plan(factor);
    if (conflicts[0] !== undefined) throw conflictError(conflicts[0]);
    return trunks[planned.at(-1)?.trunk as number] as LoadedTrunk;
  };
  const evaluateTrunk = (trunk: LoadedTrunk, images: Tensor4D) => {
    const normalized = normalizeImages(images, trunk.input);
    commonEvaluations += 1;
    return commonOutputs(trunk, normalized);
  };
  const evaluate = (chosen: readonly PlacedFactor[], images: Tensor4D) => {
    refuseIfDisposed();
    for (const { input } of trunks) checkImages(images, input);
    const models = [...trunks.map(({ network }) => network), ...chosen.map(({ specific }) => specific)];
    return inParts(images, picturesAtOnce(models), (part, start) =>
      evaluateFactors(chosen, part, evaluateTrunk, { seed, start }),
    );
  };
  const readAll = async (chosen: readonly PlacedFactor[], images: Tensor4D) => {
    const [[largest] = [], ...logits] = await withScope((scope) => {
      const all: Tensor[] = scope.keep(evaluate(chosen, images));
      return readLogits([images.size === 0 ? images : scope.keep(images.max()), ...all]);
    });
    // What resizing leaves above 1 is less than that, and pictures of 0 to 255 that are not are black.
    if (largest !== undefined && largest > 2) throw unscaledImages(largest);
    chosen.forEach(({ task, kind, label }, index) => {
      refuseNonFinite(logits[index] as Float32Array, outputSize(kind, task), label);
    });
    return logits;
  };

  const assembly: Assembly = {
    get tasks() {
      return [...factors.keys()];
    },
    get backend() {
      return getBackend();
    },
    get plan() {
      return plan();
    },
    get commonEvaluations() {
      return commonEvaluations;
    },

    async predict(images) {
      const chosen = [...factors.values()];
      const logits = await readAll(chosen, images);
      const entries = chosen.map(
        ({ task, kind }, index) => [task.name, kind.decode(logits[index] as Float32Array, task)] as const,
      );
      return Object.fromEntries(entries) as never;
    },

    async predictJoint(images, labelSpace) {
      refuseIfDisposed();
      const joint = planJoint([...factors.values()], labelSpace);
      const chosen = joint.tasks.map((task) => factors.get(task) as PlacedFactor);
      const logits = await readAll(chosen, images);
      const joined = joinLogits(joint, logits, images.shape[0]);
      const { classes, indices } = joint;
      refuseNonFinite(joined, classes.length, labelSpace);
      return { ...classesOf(joined, classes), labelSpace: { name: labelSpace, indices } } as never;
    },

    logits(images) {
      const chosen = [...factors.values()];
      const logits = evaluate(chosen, images);
      return Object.fromEntries(chosen.map(({ task }, index) => [task.name, logits[index]])) as never;
    },

    features(images, position = 0) {
      refuseIfDisposed();
      const trunk = trunks[position];
      if (trunk === undefined) {
        const expected = `the position of one of ${trunks.length} common-knowledge networks, from 0`;
        throw new InvalidOptionError({ option: 'trunk', expected, received: position });
      }
      return inParts(images, picturesAtOnce([trunk.network]), (part) => [
        evaluateTrunk(trunk, part).features,
      ])[0] as Tensor2D;
    },

    async add(source) {
      refuseIfDisposed();
      const read = await loader.read(source);
      const factor = await loader.load(read, placeFor(read));
      try {
        // While it was loading, the assembly may have been disposed of or have got the same task.
        placeFor(read);
      } catch (error) {
        factor.release();
        throw error;
      }
      factors.set(factor.task.name, factor);
      return assembly as never;
    },

    remove(task) {
      refuseIfDisposed();
      const factor = factors.get(task);
      if (factor === undefined) throw new UnknownTaskError({ task, known: [...factors.keys()] });
      factors.delete(task);
      factor.release();
      return assembly as never;
    },

    dispose() {
      if (disposed) return;
      disposed = true;
      for (const each of [...trunks, ...factors.values()]) each.release();
      factors.clear();
    },
  };
  return assembly;
}
