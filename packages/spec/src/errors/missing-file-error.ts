import { errorClass } from './error-class';

export interface MissingFileErrorFields {
  path: string;
}

/** A file that a manifest names, or a user passed, is not there. */
export const MissingFileError = /* @__PURE__ */ errorClass<MissingFileErrorFields>(
  'missing-file',
  (fields) => `${fields.path} does not exist or cannot be read.`,
);
export type MissingFileError = InstanceType<typeof MissingFileError>;
