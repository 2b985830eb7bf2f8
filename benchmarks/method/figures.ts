import { byName } from './by-name';
import { labelCounts, type NewTask, newTasks, type RowName } from './job';
import type { CommonResult, LabelSpaceResult, Loss, NewFactorResult, RowResult } from './results';
import type { LabelCount } from './settings';
import { type Figure, figureOf } from './statistics';

/** Every result, in the order of the seeds. */
export interface Results {
  readonly rows: Readonly<Record<RowName, readonly RowResult[]>>;
  /** The shared trunk again, at the processor time of the factorization. */
  readonly equalTime: readonly RowResult[];
  readonly common: readonly CommonResult[];
  readonly newFactors: Readonly<Record<NewTask, readonly NewFactorResult[]>>;
  readonly labelSpace: readonly LabelSpaceResult[];
}

/** A row: its mean accuracy over tasks, and each task's. */
export interface RowFigures {
  readonly meanAccuracy: Figure;
  readonly accuracy: Readonly<Record<string, Figure>>;
  readonly parameters: number;
  readonly processorTime: Figure;
}

export interface DesignFigures extends RowFigures {
  readonly leakage: { readonly kernel: { readonly mean: Figure; readonly max: Figure } };
  readonly ownTask: { readonly least: Figure };
}

/** What the benchmark prints. Paths are the keys of the table: `leakage.kernel.mean`, `newFactor.x.300.with`. */
export interface MethodFigures {
  readonly factorization: RowFigures;
  readonly sharedTrunk: {
    /** Of the better one. */
    readonly meanAccuracy: Figure;
    readonly equalEpochs: RowFigures;
    readonly equalTime: RowFigures;
  };
  readonly separate: RowFigures;
  readonly asBuilt: DesignFigures;
  readonly asBuiltBatch32: DesignFigures;
  readonly leakage: DesignFigures['leakage'];
  readonly ownTask: DesignFigures['ownTask'];
  readonly codeMatters: {
    /** The least over tasks, and over t of another picture and t put to zero. */
    readonly least: Figure;
    readonly tasks: Readonly<Record<string, Readonly<Record<'shuffled' | 'zeroed', readonly Loss[]>>>>;
  };
  readonly probe: Readonly<Record<NewTask, { readonly z: Figure; readonly taps: Figure }>>;
  readonly newFactor: Readonly<
    Record<NewTask, Readonly<Record<LabelCount, { readonly with: Figure; readonly without: Figure }>>>
  >;
  readonly labelSpace: { readonly ece: Figure; readonly eceBefore: Figure; readonly accuracy: Figure };
  readonly timeOverTrunk: Figure;
}

/** Joins the results of all seeds. */
export function figuresOf(results: Results): MethodFigures {
  const { rows, equalTime, common, newFactors, labelSpace } = results;
  const factorization = rows.factorization;
  const trunks = { equalEpochs: rowFigures(rows['shared-trunk']), equalTime: rowFigures(equalTime) };
  const better =
    trunks.equalTime.meanAccuracy.mean > trunks.equalEpochs.meanAccuracy.mean ? 'equalTime' : 'equalEpochs';
  return {
    factorization: rowFigures(factorization),
    sharedTrunk: { meanAccuracy: trunks[better].meanAccuracy, ...trunks },
    separate: rowFigures(rows.separate),
    asBuilt: designFigures(rows['as-built']),
    asBuiltBatch32: designFigures(rows['as-built-batch-32']),
    ...codeFigures(factorization),
    codeMatters: codeMatters(factorization),
    probe: byName(newTasks, (task) => ({
      z: figureOf(common.map(({ probe }) => probe[task]?.z as number)),
      taps: figureOf(common.map(({ probe }) => probe[task]?.taps as number)),
    })),
    newFactor: byName(newTasks, (task) =>
      byName(labelCounts, (count) => ({
        with: figureOf(newFactors[task].map((result) => result[count].with)),
        without: figureOf(newFactors[task].map((result) => result[count].without)),
      })),
    ),
    labelSpace: {
      ece: figureOf(labelSpace.map(({ ece }) => ece)),
      eceBefore: figureOf(labelSpace.map(({ eceBefore }) => eceBefore)),
      accuracy: figureOf(labelSpace.map(({ accuracy }) => accuracy)),
    },
    timeOverTrunk: figureOf(
      factorization.map(
        ({ processorTime }, index) => processorTime / (rows['shared-trunk'][index]?.processorTime as number),
      ),
    ),
  };
}

function rowFigures(results: readonly RowResult[]): RowFigures {
  const [first] = results as [RowResult];
  return {
    meanAccuracy: figureOf(results.map(({ meanAccuracy }) => meanAccuracy)),
    accuracy: byName(Object.keys(first.accuracy), (task) =>
      figureOf(results.map(({ accuracy }) => accuracy[task] as number)),
    ),
    parameters: first.parameters,
    processorTime: figureOf(results.map(({ processorTime }) => processorTime)),
  };
}

function designFigures(results: readonly RowResult[]): DesignFigures {
  return { ...rowFigures(results), ...codeFigures(results) };
}

function codeFigures(results: readonly RowResult[]): Pick<DesignFigures, 'leakage' | 'ownTask'> {
  const codes = results.map((result) => requireCodes(result));
  return {
    leakage: {
      kernel: {
        mean: figureOf(codes.map(({ leakage }) => leakage.kernel.mean)),
        max: figureOf(codes.map(({ leakage }) => leakage.kernel.max)),
      },
    },
    ownTask: { least: figureOf(codes.map(({ ownTask }) => Math.min(...Object.values(ownTask)))) },
  };
}

function codeMatters(results: readonly RowResult[]): MethodFigures['codeMatters'] {
  const codes = results.map((result) => requireCodes(result).codeMatters);
  const least = codes.map((tasks) =>
    Math.min(...Object.values(tasks).flatMap(({ shuffled, zeroed }) => [shuffled.loss, zeroed.loss])),
  );
  const tasks = byName(Object.keys(codes[0] ?? {}), (task) => ({
    shuffled: codes.map((each) => each[task]?.shuffled as Loss),
    zeroed: codes.map((each) => each[task]?.zeroed as Loss),
  }));
  return { least: figureOf(least), tasks };
}

function requireCodes({ codes }: RowResult) {
  if (codes === undefined) throw new Error('the codes of a factorization were not measured');
  return codes;
}
