import { checkClasses, type TaskCheck } from '@factornet/spec/training';
import { type ProbedClasses, readClasses } from './class-reading';
import type { ReadingRequest, TaskProbe, TaskReading } from './task-probe';

/** A task to read with a probe: a classification, as a `TaskDescription` is one, or how it is read otherwise. */
export type ProbedTask = ProbedClasses | { readonly name: string; readonly probe: TaskProbe };

/** Checks what a program gives as a task to read. */
export const checkProbedTask: TaskCheck = (task, option) => {
  if (typeof (task.probe as TaskProbe | undefined)?.start !== 'function') checkClasses(task, option);
};

/** Cuts a task's labels into halves, to read them. @throws InvalidOptionError if a half has no labelled example */
export function startReading(task: ProbedTask, request: ReadingRequest): TaskReading {
  return 'probe' in task ? task.probe.start(request) : readClasses(task, request);
}
