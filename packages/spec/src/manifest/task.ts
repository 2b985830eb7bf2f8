import * as v from 'valibot';
import type { ClassificationTask } from '../kinds/classification/classification-task';
import type { LabelSpace } from '../kinds/classification/label-space';
import { LIMITS } from '../limits';
import { boundedInteger } from './primitives';

/** Marks an example that has no label for a task, e.g. a cat for the task "vehicles". */
export const MISSING_LABEL = -1;

/** What every task has, whatever its kind. */
interface AnyTask {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** Names the `TaskKind` that knows how it is learnt, scored and told: `classification`. */
  readonly type: string;
  /** Of kinds whose answer is one of several classes, where these are some classes of a larger task. */
  readonly labelSpace?: LabelSpace | undefined;
}

/** One thing a network can tell about a picture. What else describes it is up to its kind. */
export type TaskDescription = AnyTask | ClassificationTask;

/** Feature vectors `[features]` only, for now. */
export const featureShapeSchema = v.strictTuple([boundedInteger(LIMITS.axis)]);
