import { MissingFileError } from '@factornet/spec';
import { ImageFolderLayoutError } from '@factornet/spec/training';
import { layoutHint, type PictureFile } from './picture-file';

export interface LabelledPictures {
  /** Folder of the class folders, below where pictures were looked for. */
  readonly root: string;
  /** Sorted. */
  readonly classes: readonly string[];
  /** By class, then by file name. */
  readonly files: readonly PictureFile[];
  /** Class index of each file. */
  readonly labels: Int32Array;
}

/**
 * Reads the classes off the paths `…/<class>/<file>`. Names are ordered by code unit, the same on every machine.
 *
 * @param limitPerClass keeps only the first so many files of each class
 * @throws MissingFileError if there is no picture
 * @throws ImageFolderLayoutError if the class folders lie in several places, or are fewer than two
 */
export function readLayout(
  source: string,
  pictures: readonly PictureFile[],
  limitPerClass = Number.POSITIVE_INFINITY,
): LabelledPictures {
  if (pictures.length === 0) {
    throw new MissingFileError({ path: `${source}: <class>/<file>.jpg` }, { hint: layoutHint });
  }
  const roots = new Set<string>();
  const byClass = new Map<string, PictureFile[]>();
  for (const picture of pictures) {
    const folders = picture.path.split('/').slice(0, -1);
    const className = folders.pop() ?? '';
    roots.add(folders.join('/'));
    const sameClass = byClass.get(className);
    if (sameClass === undefined) byClass.set(className, [picture]);
    else sameClass.push(picture);
  }
  const classes = [...byClass.keys()].sort();
  if (classes.includes('')) refuse(source, `holds pictures that are in no class folder`);
  if (roots.size > 1) {
    const places = [...roots]
      .sort()
      .slice(0, 4)
      .map((root) => `"${root}/"`);
    refuse(source, `holds class folders in more than one place (${places.join(', ')}); name one of them`);
  }
  if (classes.length < 2) refuse(source, `holds one class only ("${classes[0]}")`);
  const kept = classes.map((name) =>
    (byClass.get(name) as PictureFile[])
      .sort((one, other) => (one.path < other.path ? -1 : 1))
      .slice(0, limitPerClass),
  );
  return {
    root: [...roots][0] as string,
    classes,
    files: kept.flat(),
    labels: Int32Array.from(kept.flatMap((files, label) => files.map(() => label))),
  };
}

function refuse(path: string, problem: string): never {
  throw new ImageFolderLayoutError({ path, problem }, { hint: layoutHint });
}
