export { type EqualParameters, equalParameters, widenTo } from './baselines/equal-parameters';
export { type MeasurePlainNetworkOptions, measurePlainNetwork } from './baselines/measure-plain-network';
export { disposePlainNetwork, type PlainNetwork } from './baselines/plain-network';
export {
  type BaselineOptions,
  type SharedTrunkOptions,
  trainSharedTrunk,
} from './baselines/train-shared-trunk';
export { type StudentsOptions, trainStudents } from './baselines/train-students';
export { trainableCategorical } from './codes/trainable-categorical';
export type { CodePass, CodeRequest, TrainableCode } from './codes/trainable-code';
export { type TrainableDeterministicOptions, trainableDeterministic } from './codes/trainable-deterministic';
export { trainableGaussian } from './codes/trainable-gaussian';
export { type Finding, type FindingCode, isDead, isOfTraining } from './diagnosis/finding';
export type { CapacityGuarantee } from './evaluation/capacity-guarantee';
export type { CodeInformation } from './evaluation/code-information';
export type { CodeLosses, LeastCodeLoss } from './evaluation/code-losses';
export {
  type EvaluateFactorizationOptions,
  evaluateFactorization,
  type FactorEvaluation,
  type FactorizationEvaluation,
} from './evaluation/evaluate-factorization';
export type { CommonInformation, InformationEvaluation } from './evaluation/information-evaluation';
export type { InformationOptions } from './evaluation/measure-information';
export { leakageProbes, type ProbedLeakage } from './evaluation/measure-leakage';
export { measureTeacher } from './evaluation/measure-teacher';
export type { PerTask } from './evaluation/measured';
export type { ScoreLoss } from './evaluation/score-loss';
export { withReports } from './evaluation/with-reports';
export {
  disposeFactorization,
  type Factorization,
  type FactorsOf,
} from './factorize/factorization';
export { factorize } from './factorize/factorize';
export type { FactorizeOptions } from './factorize/factorize-options';
export { STAGES_LEARNING_RATE } from './factorize/recipes';
export { type TrainedFactor, type TrainFactorOptions, trainFactor } from './factorize/train-factor';
export type { TrainingOptions } from './factorize/training-options';
export { trainableClassification } from './kinds/classification/trainable-classification';
export type {
  HeadRequest,
  TaskAnswers,
  TaughtAnswers,
  TaughtOutputs,
  TrainableTaskKind,
} from './kinds/trainable-task-kind';
export { trainableTaskKinds } from './kinds/trainable-task-kinds';
export type { SpecificBackbones } from './networks/factor-part';
export { mapsOfBackbone, usualMap } from './networks/usual-map';
export { averageTo } from './objective/average-to';
export { type BottleneckOptions, bottleneck } from './objective/bottleneck';
export { type CommonDistillationOptions, commonDistillation } from './objective/common-distillation';
export { type CommonInformationOptions, commonInformation } from './objective/common-information';
export { type CommonObjectiveOptions, commonObjective } from './objective/common-objective';
export { type FactorObjectiveOptions, factorObjective } from './objective/factor-objective';
export { type InfoMaxBottleneckOptions, infoMaxBottleneck } from './objective/info-max-bottleneck';
export { type MapInformationOptions, mapInformation } from './objective/map-information';
export type {
  FactorPass,
  ObjectiveTerm,
  PreparedTerm,
  TaskPass,
  TermNeed,
  TermRequest,
  TrainingPass,
} from './objective/objective-term';
export type { RateControlOptions } from './objective/rate-control';
export { type RateTargetOptions, rateTarget } from './objective/rate-target';
export {
  type ReferenceBottleneckOptions,
  referenceBottleneck,
} from './objective/reference/reference-bottleneck';
export {
  type ReferenceCommonInformationOptions,
  referenceCommonInformation,
} from './objective/reference/reference-common-information';
export {
  type ReferenceInfoMaxBottleneckOptions,
  referenceInfoMaxBottleneck,
} from './objective/reference/reference-info-max-bottleneck';
export {
  type Projector,
  type ProjectorNetwork,
  type ProjectorRequest,
  referenceProjector,
} from './objective/reference/reference-projector';
export { type SupervisionOptions, supervision } from './objective/supervision';
export { averagePositions, type TapReading } from './objective/tap-reading';
export { type TaskInformationOptions, taskInformation } from './objective/task-information';
export { type TransferOptions, transfer } from './objective/transfer';
export { warmedUp } from './objective/warmed-up';
export { askTeacher } from './teacher/ask-teacher';
export { type LayersTeacherOptions, layersTeacher } from './teacher/layers-teacher';
export type { ReadingMoments } from './teacher/reading-moments';
export type { Teacher, TeacherOutput } from './teacher/teacher';
export { type TrainTeacherOptions, trainTeacher } from './teacher/train-teacher';
export type { CheckpointStore, TrainingState } from './training/checkpoint';
export {
  type AdvanceEvent,
  type EpochEvent,
  type EpochRecord,
  type NoteEvent,
  type ProgressEvent,
  type ProgressListener,
  reportPass,
  type StepEvent,
} from './training/progress';
export { largestBatch } from './training/step-memory';
