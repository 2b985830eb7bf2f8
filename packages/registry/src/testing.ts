export { digest, sampleCommon, sampleFactor } from './testing/sample-packages';
export { type SampleProject, sampleProject } from './testing/sample-project';
export { type Lie, startLiar } from './testing/start-liar';
export { startRegistry, type TestRegistry } from './testing/start-registry';
