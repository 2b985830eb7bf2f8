import { errorClass } from './error-class';

export interface ImageFolderLayoutErrorFields {
  path: string;
  /** What follows the path, e.g. `holds one class only ("cat")`. */
  problem: string;
}

/** Pictures do not lie in one folder for each of at least two classes. */
export const ImageFolderLayoutError = /* @__PURE__ */ errorClass<ImageFolderLayoutErrorFields>(
  'image-folder-layout',
  (fields) => `${fields.path} ${fields.problem}.`,
);
export type ImageFolderLayoutError = InstanceType<typeof ImageFolderLayoutError>;
