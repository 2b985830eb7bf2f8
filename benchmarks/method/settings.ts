/** How much of everything a run of the benchmark uses. */
export interface Settings {
  /** Pictures to train on: those of the quickstart, the first of seed 200. */
  readonly train: number;
  /** Pictures that claims are made on: of a seed that no choice was made on. */
  readonly test: { readonly size: number; readonly seed: number };
  /** Pictures that learning rates are chosen on, and nothing else. */
  readonly search: { readonly size: number; readonly seed: number };
  /** Tried for each row, with the first seed. */
  readonly learningRates: readonly number[];
  readonly seeds: readonly number[];
  /** Of each network. */
  readonly epochs: number;
  /** How many examples of a new task are labelled. In quick runs fewer than the keys say. */
  readonly labels: Readonly<Record<LabelCount, number>>;
  /** Steps that a network learns a new task for, with common knowledge or without. */
  readonly steps: Readonly<Record<LabelCount, number>>;
}

/** What decides a job's result: which rates and seeds others have does not, so that more of them leave results as they are. */
export type JobSettings = Omit<Settings, 'learningRates' | 'seeds'>;

export function settingsOfJobs({ learningRates: _rates, seeds: _seeds, ...rest }: Settings): JobSettings {
  return rest;
}

/** As the keys name them. */
export type LabelCount = '100' | '300' | '3000';

export const fullSettings: Settings = {
  train: 4000,
  test: { size: 6000, seed: 7001 },
  search: { size: 2000, seed: 300 },
  learningRates: [2e-3, 4e-3, 8e-3, 16e-3, 32e-3],
  seeds: [1, 2, 3],
  epochs: 8,
  labels: { '100': 100, '300': 300, '3000': 3000 },
  steps: { '100': 120, '300': 200, '3000': 423 },
};

/** Enough to see every key; its figures say nothing. */
export const quickSettings: Settings = {
  train: 192,
  // Not those of the claims, which nobody is to look at beforehand.
  test: { size: 240, seed: 300 },
  search: { size: 120, seed: 300 },
  learningRates: [4e-3],
  seeds: [1, 2],
  epochs: 1,
  labels: { '100': 40, '300': 48, '3000': 64 },
  steps: { '100': 2, '300': 2, '3000': 2 },
};
