import { errorClass } from './error-class';

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
export const VersionContradictedError = /* @__PURE__ */ errorClass<VersionContradictedErrorFields>(
  'version-contradicted',
  (fields) =>
    `${fields.source} would be a ${fields.claimed} release of ${fields.previous}, but the features say ${fields.measured}: they drifted by ${fields.drift.toPrecision(3)}, and factors go on working up to ${fields.tolerance}.`,
);
export type VersionContradictedError = InstanceType<typeof VersionContradictedError>;
