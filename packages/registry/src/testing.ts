export { digest, sampleCommon, sampleFactor } from './testing/sample-packages';
export { type SampleProject, sampleProject } from './testing/sample-project';
export { startRegistry, type TestRegistry } from './testing/start-registry';
