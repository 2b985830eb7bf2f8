import { errorClass } from './error-class';

export interface InvalidManifestErrorFields {
  /** The file or package it came from. */
  source: string;
  /** One line per violation: path and reason. */
  issues: readonly string[];
}

/** A manifest does not follow the schema. */
export const InvalidManifestError = /* @__PURE__ */ errorClass<InvalidManifestErrorFields>(
  'invalid-manifest',
  (fields) =>
    `The factornet manifest of ${fields.source} is not valid:\n${fields.issues.map((issue) => `  - ${issue}`).join('\n')}`,
);
export type InvalidManifestError = InstanceType<typeof InvalidManifestError>;
