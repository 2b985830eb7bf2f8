import { errorClass } from './error-class';

export interface UndecodablePictureErrorFields {
  path: string;
  reason: string;
}

/** A file is no picture, a damaged one, or of a kind that is not decoded. */
export const UndecodablePictureError = /* @__PURE__ */ errorClass<UndecodablePictureErrorFields>(
  'undecodable-picture',
  (fields) => `${fields.path} cannot be decoded: ${fields.reason}.`,
);
export type UndecodablePictureError = InstanceType<typeof UndecodablePictureError>;
