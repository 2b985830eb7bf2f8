import {
  DuplicateTaskError,
  type DuplicateTaskErrorFields,
  IncompatibleCommonError,
  type IncompatibleCommonErrorFields,
  NewerSpecError,
  type NewerSpecErrorFields,
} from '@factornet/spec';

/** A factor was made for another common-knowledge network than the one at hand. */
export interface IncompatibleCommonConflict extends Readonly<IncompatibleCommonErrorFields> {
  readonly kind: 'incompatible-common';
  /** What to do, one sentence. */
  readonly hint: string;
  /** The command of the hint; absent when only networks in memory are concerned. */
  readonly install?: string;
  /** The whole of it for a reader: which package wants what, what it met, what to do. */
  readonly message: string;
}

/** Two factors solve a task of the same name. */
export interface DuplicateTaskConflict extends Readonly<DuplicateTaskErrorFields> {
  readonly kind: 'duplicate-task';
  readonly hint: string;
  readonly message: string;
}

/** A package follows a later version of the specification, so that nothing else about it can be told. */
export interface NewerSpecConflict extends Readonly<NewerSpecErrorFields> {
  readonly kind: 'newer-spec';
  readonly hint: string;
  readonly install: string;
  readonly message: string;
}

/** Why networks do not go together, as data. `conflictError` makes an error of it. */
export type AssemblyConflict = IncompatibleCommonConflict | DuplicateTaskConflict | NewerSpecConflict;

type WithoutMessage<T> = T extends unknown ? Omit<T, 'message'> : never;

/** Words a conflict exactly as the error that `assemble` would throw. */
export function wordConflict(conflict: WithoutMessage<AssemblyConflict>): AssemblyConflict {
  return { ...conflict, message: errorOf(conflict).message } as AssemblyConflict;
}

/** The error for a conflict: `IncompatibleCommonError`, `DuplicateTaskError` or `NewerSpecError`. */
export function conflictError(conflict: AssemblyConflict) {
  return errorOf(conflict);
}

function errorOf(conflict: WithoutMessage<AssemblyConflict>) {
  const { hint } = conflict;
  switch (conflict.kind) {
    case 'incompatible-common':
      return new IncompatibleCommonError(conflict, { hint });
    case 'duplicate-task':
      return new DuplicateTaskError(conflict, { hint });
    case 'newer-spec':
      return new NewerSpecError(conflict, { hint });
  }
}
