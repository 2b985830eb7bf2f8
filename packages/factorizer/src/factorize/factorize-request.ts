import type { TaskDescription } from '@factornet/spec';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { Teacher } from '../teacher/teacher';
import type { CompleteOptions } from './complete-options';
import type { FactorizeOptions } from './factorize-options';
import type { RunTask } from './prepare-step';
import type { TrainingInputs } from './training-inputs';

/** A factorization with nothing left open but its networks. */
export interface FactorizeRequest {
  readonly given: FactorizeOptions<readonly TaskDescription[]>;
  readonly options: CompleteOptions;
  readonly tasks: readonly RunTask[];
  readonly inputs: TrainingInputs;
  readonly teacher: Teacher;
  /** Of the common network by itself. */
  readonly commonObjective: readonly ObjectiveTerm[];
}

/** What the temperatures of joint distributions are fitted on. */
export function calibrationOf({ given, options, teacher }: FactorizeRequest) {
  const { kinds, seed, onProgress, signal } = options;
  const { calibration: kept, data } = given;
  return { teacher, data: kept ?? data, trainedOn: kept === undefined, kinds, seed, onProgress, signal };
}
