export { seededTensor } from './testing/seeded-tensor';
