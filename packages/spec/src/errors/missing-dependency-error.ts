import { errorClass } from './error-class';

export interface MissingDependencyErrorFields {
  dependency: string;
  /** What it does, e.g. `Pictures are decoded`. */
  purpose: string;
}

/** An optional package is needed, and cannot be loaded. */
export const MissingDependencyError = /* @__PURE__ */ errorClass<MissingDependencyErrorFields>(
  'missing-dependency',
  (fields) => `${fields.purpose} by ${fields.dependency}, which cannot be loaded here.`,
);
export type MissingDependencyError = InstanceType<typeof MissingDependencyError>;
