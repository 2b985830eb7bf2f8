import { errorClass } from './error-class';

export interface UnreadableFileErrorFields {
  path: string;
  reason: string;
}

/** A file or folder is there, but the operating system does not let it be read. */
export const UnreadableFileError = /* @__PURE__ */ errorClass<UnreadableFileErrorFields>(
  'unreadable-file',
  (fields) => `${fields.path} cannot be read: ${fields.reason}.`,
);
export type UnreadableFileError = InstanceType<typeof UnreadableFileError>;
