export { compareOutputs, evaluateLogits, evaluateModel, timePasses } from './export/compare-export';
export { type ExportIntoOptions, type ExportReport, exportInto } from './export/export-into';
export { type MeasureAnswersOptions, type MeasuredAnswers, measureAnswers } from './measure/measure-answers';
export { type MeasureAssemblyOptions, measureAssembly } from './measure/measure-assembly';
export {
  type BaselineFigures,
  type BaselineName,
  type Baselines,
  baselineNames,
  type MeasureBaselinesOptions,
  measureBaselines,
} from './measure/measure-baselines';
export { type JointAnswers, type JointFigures, measureJoint } from './measure/measure-joint';
export { type MeasureNetworksOptions, measureNetworks } from './measure/measure-networks';
export type { Report, ReportExample } from './measure/report';
export { modelBytes, modelBytesOf } from './networks/model-bytes';
export { loadNetworks, type Networks, readNetworks } from './networks/networks';
export { readCommonNetwork } from './networks/read-common';
export {
  type PackCommonNetworkOptions,
  type PackedFactorization,
  type PackFactorizationOptions,
  packCommonNetwork,
  packFactorization,
} from './pack/pack-factorization';
export { type PackFactorsOptions, type PackingOptions, packFactors } from './pack/pack-factors';
export { probesFrom } from './pack/probe-pictures';
