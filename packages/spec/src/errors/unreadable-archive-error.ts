import { errorClass } from './error-class';

export interface UnreadableArchiveErrorFields {
  path: string;
  /** What follows the path, e.g. `is not a complete tar file: its end is missing`. */
  problem: string;
}

/** An archive of pictures is truncated, no archive, or leaves open which picture it means. */
export const UnreadableArchiveError = /* @__PURE__ */ errorClass<UnreadableArchiveErrorFields>(
  'unreadable-archive',
  (fields) => `${fields.path} ${fields.problem}.`,
);
export type UnreadableArchiveError = InstanceType<typeof UnreadableArchiveError>;
