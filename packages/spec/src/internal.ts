export { shellWord } from './errors/shell-word';
export { describedFiles } from './manifest/described-files';
export { isPackageName, isVersion } from './manifest/primitives';
export { isRange } from './versions/satisfies-range';
