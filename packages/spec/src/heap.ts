export { guardCalls, guardHeap } from './heap/guard-heap';
