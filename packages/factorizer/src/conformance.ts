export { describeCheckpointStore } from './conformance/describe-checkpoint-store';
export { describeObjectiveTerm } from './conformance/describe-objective-term';
export { describeTeacher } from './conformance/describe-teacher';
