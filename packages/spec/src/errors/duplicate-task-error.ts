import { list } from './display';
import { errorClass } from './error-class';

export interface DuplicateTaskErrorFields {
  task: string;
  /** `name@version` of the factors that clash. */
  factors: readonly string[];
}

/** Two factors of one assembly solve a task of the same name. */
export const DuplicateTaskError = /* @__PURE__ */ errorClass<DuplicateTaskErrorFields>(
  'duplicate-task',
  (fields) => `More than one factor is named "${fields.task}": ${list(fields.factors)}.`,
);
export type DuplicateTaskError = InstanceType<typeof DuplicateTaskError>;
