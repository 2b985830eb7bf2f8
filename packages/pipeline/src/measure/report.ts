import type { EpochRecord, FactorizationEvaluation, Finding, PerTask } from '@factornet/factorizer';
import type { Baselines } from './measure-baselines';
import type { JointFigures } from './measure-joint';

/** One picture with what is on it and what the assembly says. */
export interface ReportExample {
  /** `data:image/png;base64,…` */
  readonly image: string;
  /** Class per task; a task without a label for this picture is left out. */
  readonly truth: Readonly<Record<string, string>>;
  readonly predicted: Readonly<Record<string, string>>;
}

/** Everything that a factorization was found to be: `report.json`, and what `report.html` shows. */
export interface Report extends Omit<FactorizationEvaluation, 'examples'> {
  /** What is wrong: with the run, as it said at its end, and with the factors on these pictures. */
  readonly findings: readonly Finding[];
  /** Heading of the page. Default `Factorization`. */
  readonly title?: string;
  /** How many pictures the accuracies were measured on. */
  readonly measuredOn?: number;
  readonly assembly: {
    readonly accuracy: PerTask;
    /** Largest |assembly's logit − factor's own logit|. */
    readonly maxAbsoluteDifference: number;
    readonly commonEvaluationsPerInput: number;
  };
  /** Plain networks trained on the same pictures, where they were asked for. */
  readonly baselines?: Baselines;
  /** Of every label space of which there are two factors that compare. */
  readonly joint: readonly JointFigures[];
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
