import type { EpochRecord } from '@factornet/factorizer';

/** One number per task name. */
export type PerTask = Readonly<Record<string, number>>;

/** `[from][to]`, pairs of different tasks: 0 is chance, 1 is what the teacher's own features tell. */
export type LeakageByPair = Readonly<Record<string, PerTask>>;

/** What was measured of one factor on held-out pictures; shares of right answers. */
export interface FactorFigures {
  readonly accuracy: number;
  /** Of the factor with the common network's features, or the task network's, set to zero. */
  readonly accuracyWithout: { readonly common: number; readonly specific: number };
  /** Read from t by a linear probe: from its mean, and from one sample. */
  readonly accuracyFromSpecificAlone: { readonly mean: number; readonly sample: number };
}

/** One picture with what is on it and what the assembly says. */
export interface ReportExample {
  /** `data:image/png;base64,…` */
  readonly image: string;
  /** Class per task; a task without a label for this picture is left out. */
  readonly truth: Readonly<Record<string, string>>;
  readonly predicted: Readonly<Record<string, string>>;
}

/** Everything that a factorization was found to be: `report.json`, and what `report.html` shows. */
export interface Report {
  /** Heading of the page. Default `Factorization`. */
  readonly title?: string;
  readonly teacher: { readonly accuracy: PerTask };
  readonly factors: Readonly<Record<string, FactorFigures>>;
  readonly assembly: {
    readonly accuracy: PerTask;
    /** Largest |assembly's logit − factor's own logit|. */
    readonly maxAbsoluteDifference: number;
    readonly commonEvaluationsPerInput: number;
  };
  readonly leakage: { readonly mean: LeakageByPair; readonly sample: LeakageByPair };
  /** Per package. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Per package. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Per stage. */
  readonly seconds: Readonly<Record<string, number>>;
  readonly backend: string;
  readonly seed: number;
  /** Loss and terms per epoch, in nats. */
  readonly history: readonly EpochRecord[];
  readonly examples: readonly ReportExample[];
}
