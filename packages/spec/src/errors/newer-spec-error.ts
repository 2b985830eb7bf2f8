import { errorClass } from './error-class';

export interface NewerSpecErrorFields {
  source: string;
  /** Specification version of the manifest. */
  version: number;
  /** Latest version this release reads. */
  supported: number;
}

/** A manifest was written for a later version of the specification. */
export const NewerSpecError = /* @__PURE__ */ errorClass<NewerSpecErrorFields>(
  'newer-spec',
  (fields) =>
    `${fields.source} follows version ${fields.version} of the factornet specification; this release reads up to version ${fields.supported}.`,
);
export type NewerSpecError = InstanceType<typeof NewerSpecError>;
