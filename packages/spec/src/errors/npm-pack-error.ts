import { errorClass } from './error-class';

export interface NpmPackErrorFields {
  directory: string;
  /** What it said. */
  output: string;
}

/** npm did not pack a folder. */
export const NpmPackError = /* @__PURE__ */ errorClass<NpmPackErrorFields>(
  'npm-pack',
  (fields) => `npm pack failed in ${fields.directory}:\n${fields.output}`,
);
export type NpmPackError = InstanceType<typeof NpmPackError>;
