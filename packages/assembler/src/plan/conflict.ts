import {
  DuplicateTaskError,
  type DuplicateTaskErrorFields,
  IncompatibleCommonError,
  type IncompatibleCommonErrorFields,
  MultipleTrunksError,
  type MultipleTrunksErrorFields,
  NewerSpecError,
  type NewerSpecErrorFields,
  ShapeMismatchError,
  type ShapeMismatchErrorFields,
} from '@factornet/spec';

interface Conflict<Kind extends string> {
  readonly kind: Kind;
  /** What to do. */
  readonly hint: string;
  /** The whole of it for a reader: which package wants what, what it met, what to do. */
  readonly message: string;
}

/** A factor was made for another common-knowledge network than the one at hand. */
export interface IncompatibleCommonConflict
  extends Conflict<'incompatible-common'>,
    Readonly<IncompatibleCommonErrorFields> {
  /** The command of the hint; absent when only networks in memory are concerned. */
  readonly install?: string;
}

/** Several common-knowledge networks, and nobody allowed that. */
export interface MultipleTrunksConflict
  extends Conflict<'multiple-trunks'>,
    Readonly<MultipleTrunksErrorFields> {}

/** Common-knowledge networks take pictures of different shapes. */
export interface InputConflict extends Conflict<'shape-mismatch'>, Readonly<ShapeMismatchErrorFields> {}

/** Two factors solve a task of the same name. */
export interface DuplicateTaskConflict
  extends Conflict<'duplicate-task'>,
    Readonly<DuplicateTaskErrorFields> {}

/** A package follows a later version of the specification, so that nothing else about it can be told. */
export interface NewerSpecConflict extends Conflict<'newer-spec'>, Readonly<NewerSpecErrorFields> {
  readonly install: string;
}

/** Why networks do not go together, as data. `conflictError` makes an error of it. */
export type AssemblyConflict =
  | IncompatibleCommonConflict
  | MultipleTrunksConflict
  | InputConflict
  | DuplicateTaskConflict
  | NewerSpecConflict;

type WithoutMessage<T> = T extends unknown ? Omit<T, 'message'> : never;

/** Words a conflict exactly as the error that `assemble` would throw. */
export function wordConflict(conflict: WithoutMessage<AssemblyConflict>): AssemblyConflict {
  return { ...conflict, message: conflictError(conflict).message } as AssemblyConflict;
}

/** The error that `assemble` throws for a conflict. */
export function conflictError(conflict: WithoutMessage<AssemblyConflict>) {
  const { hint } = conflict;
  switch (conflict.kind) {
    case 'incompatible-common':
      return new IncompatibleCommonError(conflict, { hint });
    case 'multiple-trunks':
      return new MultipleTrunksError(conflict, { hint });
    case 'shape-mismatch':
      return new ShapeMismatchError(conflict, { hint });
    case 'duplicate-task':
      return new DuplicateTaskError(conflict, { hint });
    case 'newer-spec':
      return new NewerSpecError(conflict, { hint });
  }
}
