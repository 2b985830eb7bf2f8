import type { PassProgress } from '@factornet/data';
import type { Finding } from '../diagnosis/finding';

/** What a long operation is doing. */
export type Stage = 'teacher' | 'common' | 'training' | 'logit-scale' | 'calibration' | 'evaluation';

/** One batch of a stage other than training is done. */
export interface AdvanceEvent extends PassProgress {
  readonly type: 'advance';
  readonly stage: Exclude<Stage, 'training'>;
}

/** One training step is done. */
export interface StepEvent {
  readonly type: 'step';
  readonly stage: 'training';
  /** What is trained, where a run trains one network after another: `common`, or a task. */
  readonly network?: string;
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Within the epoch, from 1. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  /** The objective, minimised. */
  readonly loss: number;
  /** Unweighted values by name, in nats. */
  readonly terms: Readonly<Record<string, number>>;
  readonly learningRate: number;
  readonly secondsLeft: number;
}

/** One epoch is done; loss and terms are means over its steps. */
export interface EpochEvent {
  readonly type: 'epoch';
  readonly stage: 'training';
  /** As of a step. */
  readonly network?: string;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly secondsLeft: number;
}

/** Something that whoever waits should know, once. */
export interface NoteEvent {
  readonly type: 'note';
  readonly stage: Stage;
  readonly message: string;
  /** What is wrong, where that is what the note is about. Runs return it as well. */
  readonly finding?: Finding;
}

export type ProgressEvent = AdvanceEvent | StepEvent | EpochEvent | NoteEvent;
export type ProgressListener = (event: ProgressEvent) => void;

/** Reports a pass over a dataset as a stage of something longer. */
export function reportPass(
  stage: AdvanceEvent['stage'],
  onProgress: ProgressListener | undefined,
): (progress: PassProgress) => void {
  return (progress) => onProgress?.({ type: 'advance', stage, ...progress });
}

/** Means of one epoch, without times: what a report keeps. */
export interface EpochRecord {
  readonly epoch: number;
  /** What was trained, where a run trained one network after another: `common`, or a task. */
  readonly network?: string;
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
}
