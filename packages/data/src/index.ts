export type { Dataset, ExampleBatch } from './dataset';
