import type { ReadCommon } from '../packages/read-source';

/** Each common-knowledge network once, so that there is one copy of it and one evaluation. */
export function distinctTrunks(commons: readonly ReadCommon[]): ReadCommon[] {
  return commons.filter((one, index) => commons.findIndex((other) => isSame(one, other)) === index);
}

function isSame(one: ReadCommon, other: ReadCommon): boolean {
  if (one === other) return true;
  if (!('manifest' in one && 'manifest' in other)) return false;
  return (
    one.name === other.name &&
    one.version === other.version &&
    one.manifest.representation === other.manifest.representation
  );
}
