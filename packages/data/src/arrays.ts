export { ARRAY_LIMITS } from './arrays/array-limits';
export { checkWholeNumbers } from './arrays/check-whole-numbers';
export type { ReadArraysOptions } from './arrays/found-arrays';
export { readArrays } from './arrays/read-arrays';
