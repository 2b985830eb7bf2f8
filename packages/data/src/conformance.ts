export { describeDataset } from './conformance/describe-dataset';
