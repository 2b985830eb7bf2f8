export { estimateSecondsLeft } from './long-running/seconds-left';
export { throwIfCancelled } from './long-running/throw-if-cancelled';
export { yieldToEventLoop } from './long-running/yield-to-event-loop';
export { decodeModel, encodeModel, modelDigest } from './model-files/model-bytes';
export { readModel } from './model-files/read-model';
export { type AdamOptions, adam } from './optimizer/adam';
export { type AdamWOptions, adamW } from './optimizer/adam-w';
export { type ClippedGradient, clipByGlobalNorm } from './optimizer/clip-by-global-norm';
export { composeOptimizer } from './optimizer/compose-optimizer';
export { assignFlat, flatten } from './optimizer/flat-variables';
export type { Optimizer, RunningOptimizer } from './optimizer/optimizer';
export { constantSchedule } from './optimizer/schedules/constant-schedule';
export { cosineSchedule } from './optimizer/schedules/cosine-schedule';
export { linearSchedule } from './optimizer/schedules/linear-schedule';
export type { Schedule, Stretch } from './optimizer/schedules/schedule';
export { type StepScheduleOptions, stepSchedule } from './optimizer/schedules/step-schedule';
export { warmUp } from './optimizer/schedules/warm-up';
export { type SgdOptions, sgd } from './optimizer/sgd';
export type { Moment, RunningTransformation, Step, Transformation } from './optimizer/transformation';
export { type AdaptiveMomentsOptions, adaptiveMoments } from './optimizer/transformations/adaptive-moments';
export { type MomentumOptions, momentum } from './optimizer/transformations/momentum';
export {
  coupledDecay,
  type Decays,
  decoupledDecay,
  onlyKernels,
  type WeightDecayOptions,
} from './optimizer/transformations/weight-decay';
export { type RandomStream, randomStream } from './random/random-stream';
