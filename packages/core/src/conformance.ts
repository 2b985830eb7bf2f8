export { type CodeTruth, describeCode } from './conformance/describe-code';
export { describeFusion } from './conformance/describe-fusion';
export { describeOptimizer } from './conformance/describe-optimizer';
export { describeSchedule } from './conformance/describe-schedule';
