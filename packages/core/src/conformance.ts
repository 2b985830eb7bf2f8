export { describeOptimizer } from './conformance/describe-optimizer';
