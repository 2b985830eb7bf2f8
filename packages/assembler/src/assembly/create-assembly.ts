import { normalizeImages, withScope } from '@factornet/core';
import { DisposedError, UnknownTaskError } from '@factornet/spec';
import { type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { conflictError } from '../plan/conflict';
import { planAssembly } from '../plan/plan-assembly';
import type { FactorSource } from '../sources';
import type { Assembly } from './assembly';
import { checkFactorSource, type LoadedCommon, type LoadedFactor, loadFactor } from './load';
import { readPrediction } from './read-prediction';
import { runModel } from './run-model';

/** Makes an assembly of networks that were loaded and go together. It releases them when disposed. */
export function createAssembly(common: LoadedCommon, loaded: readonly LoadedFactor[]): Assembly {
  const factors = new Map(loaded.map((factor) => [factor.task.name, factor]));
  let commonEvaluations = 0;
  let disposed = false;

  const refuseIfDisposed = () => {
    if (disposed) throw new DisposedError({ what: 'assembly' });
  };
  const plan = (...more: readonly FactorSource[]) =>
    planAssembly({
      common: common.source,
      factors: [...[...factors.values()].map((factor) => factor.source), ...more],
    });
  const refuseIfConflicting = (factor: FactorSource) => {
    refuseIfDisposed();
    const [conflict] = plan(factor).conflicts;
    if (conflict !== undefined) throw conflictError(conflict);
  };
  const evaluateCommon = (normalized: Tensor4D) => {
    commonEvaluations += 1;
    return runModel(common.network, normalized)[0] as Tensor2D;
  };

  const assembly: Assembly = {
    get tasks() {
      return [...factors.keys()];
    },
    get plan() {
      return plan();
    },
    get commonEvaluations() {
      return commonEvaluations;
    },

    async predict(images) {
      return withScope(async (scope) => {
        const logits = scope.keep(assembly.logits(images));
        const reading = [...factors.values()].map(
          async ({ task: { name, classes } }) =>
            [name, await readPrediction(logits[name] as Tensor2D, classes)] as const,
        );
        return Object.fromEntries(await Promise.all(reading));
      });
    },

    logits(images) {
      refuseIfDisposed();
      return tidy(() => {
        const normalized = normalizeImages(images, common.input);
        const features = evaluateCommon(normalized);
        const entries = [...factors.values()].map(({ task, specific, head }) => {
          const mean = runModel(specific, normalized)[0] as Tensor2D;
          return [task.name, runModel(head, features.add(mean))[0] as Tensor2D] as const;
        });
        return Object.fromEntries(entries);
      });
    },

    features(images) {
      refuseIfDisposed();
      return tidy(() => evaluateCommon(normalizeImages(images, common.input)));
    },

    async add(source) {
      refuseIfDisposed();
      checkFactorSource(source);
      refuseIfConflicting(source);
      const factor = await loadFactor(source, common);
      try {
        // While it was loading, the assembly may have been disposed of or have got the same task.
        refuseIfConflicting(source);
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
      common.release();
      for (const factor of factors.values()) factor.release();
      factors.clear();
    },
  };
  return assembly;
}
