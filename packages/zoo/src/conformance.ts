export { type BackboneSuiteOptions, describeBackbone } from './conformance/describe-backbone';
