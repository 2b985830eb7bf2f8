export { describeCheckpointStore } from './conformance/describe-checkpoint-store';
export { describeObjectiveTerm } from './conformance/describe-objective-term';
export { describeTaskKind, type TaskKindExample } from './conformance/describe-task-kind';
export { describeTeacher } from './conformance/describe-teacher';
