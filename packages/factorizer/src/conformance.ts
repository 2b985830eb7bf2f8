export { describeCheckpointStore } from './conformance/describe-checkpoint-store';
export { describeObjectiveTerm } from './conformance/describe-objective-term';
export { describeOptimizer } from './conformance/describe-optimizer';
export { describeTeacher } from './conformance/describe-teacher';
