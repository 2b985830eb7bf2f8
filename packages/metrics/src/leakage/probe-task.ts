import type { FeatureMatrix } from '@factornet/core/samples';
import { checkClasses, type TaskCheck } from '@factornet/spec/training';
import type { Probe } from '../probe/probe';
import { type ProbedClasses, readClasses, startClasses } from './class-reading';
import type { Halves } from './halves';
import type { ExampleScores, ProbedLabels, TaskProbe } from './task-probe';

/** A task to read with a probe: a classification, as a `TaskDescription` is one, or how it is read otherwise. */
export type ProbedTask = ProbedClasses | { readonly name: string; readonly probe: TaskProbe };

/** Checks what a program gives as a task to read. */
export const checkProbedTask: TaskCheck = (task, option) => {
  if (typeof (task.probe as TaskProbe | undefined)?.start !== 'function') checkClasses(task, option);
};

/** Tasks whose labels are cut into halves. */
export interface Readings {
  /** Per task, of a guess that knows the labels of the training half alone. */
  readonly guesses: Readonly<Record<string, ExampleScores>>;
  /** Per task, of a probe that is trained on the training half. */
  read(features: FeatureMatrix): Record<string, ExampleScores>;
}

export interface ReadingsRequest {
  readonly tasks: readonly ProbedTask[];
  readonly labelsOf: (task: string) => ProbedLabels;
  readonly halves: Halves;
  readonly probe: Probe;
}

/** Makes ready to read tasks. @throws InvalidOptionError if a half has no labelled example */
export function startReadings({ tasks, labelsOf, halves, probe }: ReadingsRequest): Readings {
  const started = tasks.map((task) => {
    const labels = labelsOf(task.name);
    if (!('probe' in task)) return { name: task.name, classes: startClasses(task, labels, halves) };
    return { name: task.name, other: task.probe.start({ labels, halves, probe }) };
  });
  const classes = started.flatMap((each) => (each.classes ? [{ ...each.classes, name: each.name }] : []));
  return {
    guesses: Object.fromEntries(
      started.map(({ name, classes: own, other }) => [name, (own ?? other)?.guess as ExampleScores]),
    ),
    read(features) {
      const scores = classes.length === 0 ? [] : readClasses(classes, features, halves, probe);
      const found = new Map(classes.map(({ name }, index) => [name, scores[index]]));
      return Object.fromEntries(
        started.map(({ name, other }) => [name, (other?.read(features) ?? found.get(name)) as ExampleScores]),
      );
    },
  };
}
