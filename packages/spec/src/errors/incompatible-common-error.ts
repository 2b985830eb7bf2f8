import { errorClass } from './error-class';

export interface IncompatibleCommonErrorFields {
  /** `name@version` of the factor package. */
  factor: string;
  /** `name@range` that the factor declares. */
  wanted: string;
  /** `name@version` of the common-knowledge network at hand. */
  offered: string;
  /** Which check failed, the first of these. */
  reason: 'name' | 'range' | 'representation' | 'reads';
}

/** A factor was made for another common-knowledge network than the one it is assembled with. */
export const IncompatibleCommonError = /* @__PURE__ */ errorClass<IncompatibleCommonErrorFields>(
  'incompatible-common',
  (fields) =>
    `${fields.factor} was made for ${fields.wanted}, but is being assembled with ${fields.offered}${fields.reason === 'representation' ? ', whose feature space (representation digest) is a different one' : ''}.`,
);
export type IncompatibleCommonError = InstanceType<typeof IncompatibleCommonError>;
