import {
  type TrainableCode,
  trainableCategorical,
  trainableDeterministic,
  trainableGaussian,
} from '@factornet/factorizer';
import type { PlugInSpec } from '../../options/plug-in-list';
import { aNumber, createPlugIn, oneOf, type PlugInKind, plugInKind } from '../../options/plug-in-table';

/** By the names that `--code` takes. */
const codeKinds: Readonly<Record<string, PlugInKind<TrainableCode>>> = {
  categorical: plugInKind([], { scale: aNumber }, trainableCategorical),
  deterministic: plugInKind([], {}, trainableDeterministic),
  gaussian: plugInKind([], { ships: oneOf('mean', 'sample') }, trainableGaussian),
};

/**
 * The code that was asked for.
 *
 * @throws InvalidOptionError that lists the names or parameters that there are
 */
export function createCode(code: PlugInSpec): TrainableCode {
  return createPlugIn('--code', codeKinds, code).plugIn;
}
