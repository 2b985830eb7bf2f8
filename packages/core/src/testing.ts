export { expectCloseArrays } from './testing/close-arrays';
export { expectNoLeak } from './testing/no-leak';
