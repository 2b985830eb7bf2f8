export {
  createReplicas,
  type Replicas,
  type ReplicasOptions,
} from './workers/create-replicas';
export type { ReplicaObjective, ReplicaOutput } from './workers/differentiate';
export type { ReplicaReport } from './workers/protocol';
export { ReplicaFailedError, type ReplicaFailedErrorFields } from './workers/replica-failed-error';
export type { ReplicaInputs } from './workers/shard-inputs';
export { resolveWorkers, type WorkersOption } from './workers/worker-count';
