export { expectCloseArrays } from './testing/close-arrays';
export { describeBackendCandidate } from './testing/describe-backend-candidate';
export { fillHeap } from './testing/fill-heap';
export { expectNoLeak } from './testing/no-leak';
export { type TarBlocks, tarBlocks } from './testing/tar-blocks';
export { typeErrors } from './testing/type-errors';
