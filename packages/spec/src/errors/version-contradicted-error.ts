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
  readonly source: string;
  readonly previous: string;
  readonly claimed: string;
  readonly measured: 'patch' | 'minor' | 'major';
  readonly drift: number;
  readonly tolerance: number;

  constructor(fields: VersionContradictedErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.source} would be a ${fields.claimed} release of ${fields.previous}, but the features say ${fields.measured}: they drifted by ${fields.drift.toPrecision(3)}, and factors go on working up to ${fields.tolerance}.`,
      options,
    );
    this.source = fields.source;
    this.previous = fields.previous;
    this.claimed = fields.claimed;
    this.measured = fields.measured;
    this.drift = fields.drift;
    this.tolerance = fields.tolerance;
  }

  static override isInstance(error: unknown): error is VersionContradictedError {
    return FactornetError.hasCode(error, CODE);
  }
}
