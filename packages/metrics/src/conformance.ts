export { describeMetric, type MetricSuiteOptions } from './conformance/describe-metric';
