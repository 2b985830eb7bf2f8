export { evaluateCodes, evaluateFeatures, evaluateLogits } from './probes/evaluate-probes';
export { offeredLengths, readLengths, selectOffered } from './probes/offered';
export { probeDeviation, relativeDrift, toleranceOn } from './probes/probe-distance';
export {
  decodeProbes,
  type ProbeLayout,
  type ProbeValues,
  probeLayout,
} from './probes/probe-values';
