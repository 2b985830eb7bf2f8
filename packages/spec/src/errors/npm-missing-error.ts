import { errorClass } from './error-class';

export interface NpmMissingErrorFields {
  directory: string;
}

/** There is no npm to pack a folder with. */
export const NpmMissingError = /* @__PURE__ */ errorClass<NpmMissingErrorFields>(
  'npm-missing',
  (fields) => `npm could not be started to pack ${fields.directory}.`,
);
export type NpmMissingError = InstanceType<typeof NpmMissingError>;
