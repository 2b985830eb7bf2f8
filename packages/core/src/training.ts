export { estimateSecondsLeft } from './long-running/seconds-left';
export { throwIfCancelled } from './long-running/throw-if-cancelled';
export { yieldToEventLoop } from './long-running/yield-to-event-loop';
export { decodeModel, encodeModel, modelDigest } from './model-files/model-bytes';
export { readModel } from './model-files/read-model';
export { type AdamOptions, adam } from './optimizer/adam';
export { assignFlat, flatten } from './optimizer/flat-variables';
export type { Optimizer, RunningOptimizer } from './optimizer/optimizer';
export { type RandomStream, randomStream } from './random/random-stream';
