import { errorClass } from './error-class';

export interface RegistryErrorFields {
  /** The command, e.g. `npm view @scope/ckn`. */
  command: string;
  /** What it printed. */
  output: string;
}

/** A package manager or registry said no. */
export const RegistryError = /* @__PURE__ */ errorClass<RegistryErrorFields>(
  'registry',
  (fields) => `${fields.command} failed:\n${fields.output}`,
);
export type RegistryError = InstanceType<typeof RegistryError>;
