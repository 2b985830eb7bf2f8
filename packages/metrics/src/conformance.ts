export { describeMetric, type MetricSuiteOptions } from './conformance/describe-metric';
export { describeProbe } from './conformance/describe-probe';
