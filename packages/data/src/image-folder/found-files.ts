import { list } from '../labels/class-names';
import type { LabelledPictures } from './class-layout';
import { isVisible, type PictureFile } from './picture-file';

/** What there is in a folder or an archive. */
export interface FoundFiles {
  readonly pictures: PictureFile[];
  /** Folders below the root, by path. */
  readonly folders: Set<string>;
  /** Visible files that are no pictures: how many, and the first of them. */
  readonly skipped: { count: number; first: string[] };
}

const TOLD = 3;

export function nothingFound(): FoundFiles {
  return { pictures: [], folders: new Set(), skipped: { count: 0, first: [] } };
}

/** Counts a file that is no picture, unless it is hidden. */
export function skipFile({ skipped }: FoundFiles, path: string): void {
  if (!isVisible(path)) return;
  skipped.count += 1;
  if (skipped.first.length < TOLD) skipped.first.push(path);
}

/** What was not taken, a sentence each. */
export function noteLeftOut(
  { folders, skipped }: FoundFiles,
  { root, classes }: Pick<LabelledPictures, 'root' | 'classes'>,
): string[] {
  const notes: string[] = [];
  if (skipped.count > 0) {
    const examples = list([...skipped.first].sort());
    const more = skipped.count > TOLD ? ' and others' : '';
    notes.push(`Skipped what is no JPEG or PNG file: ${skipped.count} (${examples}${more}).`);
  }
  const prefix = root === '' ? '' : `${root}/`;
  const empty = [...folders]
    .filter((path) => path.startsWith(prefix) && isVisible(path))
    .map((path) => path.slice(prefix.length))
    .filter((name) => name !== '' && !name.includes('/') && !classes.includes(name))
    .sort();
  if (empty.length > 0) notes.push(`No class, since without a picture: ${list(empty)}.`);
  return notes;
}
