import type { LabelCount } from './settings';

/** What came of a row. */
export interface RowResult {
  readonly accuracy: Readonly<Record<string, number>>;
  readonly meanAccuracy: number;
  /** Seconds of processor time, all threads, of training all of its networks. */
  readonly processorTime: number;
  readonly parameters: number;
  /** Of factorizations: what a baseline may have beside it. */
  readonly equal?: { readonly sharedTrunk: number; readonly students: Readonly<Record<string, number>> };
  /** Of factorizations on the pictures of the claims. */
  readonly codes?: CodeResult;
}

/** What is read from what ships, by the probes that the product uses. */
export interface CodeResult {
  /** Normalised by what the same probe reads from the teacher's maps. */
  readonly leakage: { readonly kernel: { readonly mean: number; readonly max: number } };
  /** Own task read from t alone: 0 is chance, 1 perfect. */
  readonly ownTask: Readonly<Record<string, number>>;
  /** Accuracy lost without the own t, and its standard error. */
  readonly codeMatters: Readonly<Record<string, Readonly<Record<'shuffled' | 'zeroed', Loss>>>>;
}

export interface Loss {
  readonly loss: number;
  readonly standardError: number;
}

export interface CommonResult {
  /** By task: accuracy of a linear probe, chance at 0 and all right at 1. */
  readonly probe: Readonly<Record<string, { readonly z: number; readonly taps: number }>>;
}

/** Accuracy by number of labels. */
export type NewFactorResult = Readonly<
  Record<LabelCount, { readonly with: number; readonly without: number }>
>;

export interface LabelSpaceResult {
  readonly accuracy: number;
  readonly ece: number;
  readonly eceBefore: number;
}
