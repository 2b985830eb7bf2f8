import { type Assembly, assemble } from '@factornet/assembler';
import { exportAssembly } from '@factornet/assembler/export';
import { disposeBrick } from '@factornet/core';
import { untrainedCommon, untrainedFactor } from '@factornet/example-pipeline/untrained-networks';
import { evaluateLogits, evaluateModel } from '@factornet/pipeline';
import { type LayersModel, randomUniform, type Tensor4D } from '@tensorflow/tfjs';
import type { AssemblyCase } from '../assembly/cases';
import { timePairs } from '../assembly/time-pairs';
import type { Repeats } from '../wasm/timing';
import { tasks } from './cases';

export interface SpeedFigures {
  /** How many times as fast the folded model is as the same model without folding. */
  readonly overUnfolded: number;
  /** How many times as fast it is as the assembly. */
  readonly overAssembly: number;
  readonly milliseconds: Readonly<Record<'assembly' | 'unfolded' | 'folded', number>>;
}

export interface ExportFigures {
  readonly layers: Readonly<Record<'unfolded' | 'folded', number>>;
  readonly parameters: Readonly<Record<'assembly' | 'folded', number>>;
  /** Largest |folded − assembly| over all logits. */
  readonly largestDifference: number;
  /** By pictures in a batch. */
  readonly predicting: Readonly<Record<string, SpeedFigures>>;
}

/** Exports an assembly of four factors and times it, its unfolded form and the assembly on the same pictures. */
export async function measureExport(
  { input, common: backbone, specific }: AssemblyCase,
  batches: readonly number[],
  repeats: Repeats,
): Promise<ExportFigures> {
  const common = await untrainedCommon(backbone, input);
  const factors = tasks.map((task) => untrainedFactor(common, task, specific));
  const network = await assemble(common, factors);
  const [unfolded, folded] = [
    await exportAssembly({ common, factors, fold: false }),
    await exportAssembly({ common, factors }),
  ];
  try {
    const predicting: Record<string, SpeedFigures> = {};
    let largestDifference = 0;
    for (const batch of batches) {
      const images: Tensor4D = randomUniform([batch, ...input.shape] as const, 0, 1, 'float32', 1);
      const [expected, received] = [
        await evaluateLogits(network)(images),
        await evaluateModel(folded)(images),
      ];
      largestDifference = Math.max(largestDifference, differenceOf(expected, received));
      predicting[batch] = await measureSpeed({ network, unfolded, folded }, images, repeats);
      images.dispose();
    }
    const parameters = [common, ...factors].reduce((sum, { description }) => sum + description.parameters, 0);
    return {
      layers: { unfolded: unfolded.layers.length, folded: folded.layers.length },
      parameters: { assembly: parameters, folded: folded.countParams() },
      largestDifference,
      predicting,
    };
  } finally {
    for (const each of [network, unfolded, folded]) each.dispose();
    for (const each of [common, ...factors]) disposeBrick(each);
  }
}

async function measureSpeed(
  { network, unfolded, folded }: { network: Assembly; unfolded: LayersModel; folded: LayersModel },
  images: Tensor4D,
  repeats: Repeats,
): Promise<SpeedFigures> {
  const pass = (work: () => Promise<unknown>) => async () => {
    await work();
    return () => {};
  };
  const { milliseconds, figure } = await timePairs(
    {
      assembly: pass(() => evaluateLogits(network)(images)),
      unfolded: pass(() => evaluateModel(unfolded)(images)),
      folded: pass(() => evaluateModel(folded)(images)),
    },
    repeats,
  );
  return {
    overUnfolded: figure((round) => round.unfolded / round.folded),
    overAssembly: figure((round) => round.assembly / round.folded),
    milliseconds,
  };
}

function differenceOf(expected: readonly Float32Array[], received: readonly Float32Array[]): number {
  let largest = 0;
  expected.forEach((values, task) => {
    values.forEach((value, index) => {
      largest = Math.max(largest, Math.abs(value - (received[task]?.[index] as number)));
    });
  });
  return largest;
}
