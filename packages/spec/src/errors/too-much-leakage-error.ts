import { errorClass } from './error-class';

export interface TooMuchLeakageErrorFields {
  /** `name@version` of the package. */
  source: string;
  /** Name of the probe that the limit is about. */
  probe: string;
  /** The most that t may tell about another task, where the teacher's maps tell 1. */
  limit: number;
  /** What its manifest states; undefined if nothing by this probe. */
  stated?: { readonly task: string; readonly value: number; readonly standardError: number } | undefined;
}

/** A factor states that its code tells more about another task than may be published, or states nothing. */
export const TooMuchLeakageError = /* @__PURE__ */ errorClass<TooMuchLeakageErrorFields>(
  'too-much-leakage',
  ({ source, probe, limit, stated }) =>
    stated === undefined
      ? `${source} does not state what a ${probe} probe reads of other tasks from its code, which may be ${limit} at most.`
      : `${source} leaks ${stated.value.toFixed(3)} ± ${stated.standardError.toFixed(3)} about "${stated.task}", by a ${probe} probe; ${limit} at most is allowed.`,
);
export type TooMuchLeakageError = InstanceType<typeof TooMuchLeakageError>;
