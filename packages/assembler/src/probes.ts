export { goldenProbes } from './probes/golden-probes';
