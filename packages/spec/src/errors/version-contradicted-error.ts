import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'version-contradicted';

export interface VersionContradictedErrorFields {
  /** `name@version` that was asked for. */
  source: string;
  /** `name@version` that it was compared with. */
  previous: string;
  /** Bump of the version that was asked for. */
  claimed: string;
  /** Bump that the measurement calls for. */
  measured: 'patch' | 'minor' | 'major';
  /** Largest relative drift of the features; infinite if they cannot be compared. */
  drift: number;
  tolerance: number;
}

/** A version number promises more, or less, than the features measured on golden probes keep. */
export class VersionContradictedError extends FactornetError {
  declare readonly source: string;
  declare readonly previous: string;
  declare readonly claimed: string;
  declare readonly measured: 'patch' | 'minor' | 'major';
  declare readonly drift: number;
  declare readonly tolerance: number;

  constructor(fields: VersionContradictedErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.source} would be a ${fields.claimed} release of ${fields.previous}, but the features say ${fields.measured}: they drifted by ${fields.drift.toPrecision(3)}, and factors go on working up to ${fields.tolerance}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is VersionContradictedError {
    return FactornetError.hasCode(error, CODE);
  }
}
