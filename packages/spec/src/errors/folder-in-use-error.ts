import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'folder-in-use';

export interface FolderInUseErrorFields {
  path: string;
  /** Who writes there, e.g. `process 4711 of host-a since 2026-01-01T00:00:00.000Z`. */
  holder: string;
}

/** Another run writes into the same folder; of two, one would be lost. */
export class FolderInUseError extends FactornetError {
  declare readonly path: string;
  declare readonly holder: string;

  constructor({ path, holder }: FolderInUseErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${path} is in use by ${holder}.`, options, { path, holder });
  }

  static override isInstance(error: unknown): error is FolderInUseError {
    return FactornetError.hasCode(error, CODE);
  }
}
