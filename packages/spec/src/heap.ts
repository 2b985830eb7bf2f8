export { guardCalls, guardHeap, HEAP_BYTES } from './heap/guard-heap';
