export { describeAugmentation } from './conformance/describe-augmentation';
export { describeDataset } from './conformance/describe-dataset';
