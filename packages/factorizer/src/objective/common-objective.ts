import { gaussianRegression } from '@factornet/mi';
import { averageTo } from './average-to';
import { commonDistillation } from './common-distillation';
import { commonInformation } from './common-information';
import { mapInformation } from './map-information';
import type { ObjectiveTerm } from './objective-term';

export interface CommonObjectiveOptions {
  /** Weight of what z tells about the teacher's features, per dimension. Default 15, which is 7.5 of their MSE. */
  alpha?: number;
  /** Weight of what its maps tell about the teacher's. Default 10, which is 5 of the mean MSE of two pairs. */
  mapWeight?: number;
}

/**
 * The objective of a common-knowledge network that is trained alone, before any factor:
 *
 * `min distillation of all tasks from z − α·I(teacher's features; z) − I(teacher's maps; its own maps)`,
 *
 * both by regression, which has no cap at a batch size: maps at 2×2 positions and vectors from z, maps at 4×4 from its own.
 * On the teacher's own tasks the regression changes little; it is what makes z worth having for tasks that nobody named.
 */
export function commonObjective({
  alpha = 15,
  mapWeight = 10,
}: CommonObjectiveOptions = {}): ObjectiveTerm[] {
  return [
    commonDistillation(),
    commonInformation({ weight: alpha, bound: gaussianRegression(), reads: averageTo(2) }),
    mapInformation({ weight: mapWeight }),
  ];
}
