import { errorClass } from './error-class';

export interface IntegrityErrorFields {
  path: string;
  /** `sha512-…`, or a number of bytes as text. */
  expected: string;
  received: string;
}

/** A file is there, but its bytes are not the ones its manifest promises. */
export const IntegrityError = /* @__PURE__ */ errorClass<IntegrityErrorFields>(
  'integrity',
  (fields) =>
    `${fields.path} is not the file its manifest describes: expected ${fields.expected}, found ${fields.received}.`,
);
export type IntegrityError = InstanceType<typeof IntegrityError>;
