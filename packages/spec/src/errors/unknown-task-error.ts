import { list } from './display';
import { errorClass } from './error-class';

export interface UnknownTaskErrorFields {
  task: string;
  /** The tasks that do exist. */
  known: readonly string[];
}

/** A task was named that does not exist here. */
export const UnknownTaskError = /* @__PURE__ */ errorClass<UnknownTaskErrorFields>(
  'unknown-task',
  (fields) => `There is no task "${fields.task}" here; the tasks are ${list(fields.known)}.`,
);
export type UnknownTaskError = InstanceType<typeof UnknownTaskError>;
