import { errorClass } from './error-class';

export interface PackageTooLargeErrorFields {
  /** `name@version`. */
  source: string;
  bytes: number;
  limit: number;
}

/** A package is larger than registries and CDNs take well. */
export const PackageTooLargeError = /* @__PURE__ */ errorClass<PackageTooLargeErrorFields>(
  'package-too-large',
  (fields) =>
    `${fields.source} has ${fields.bytes} bytes, more than the ${fields.limit} that a package may have.`,
);
export type PackageTooLargeError = InstanceType<typeof PackageTooLargeError>;
