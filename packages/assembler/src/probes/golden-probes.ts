import type { NetworkCheck } from '../assembly/network-check';
import { checkFactorProbes, checkTrunkProbes } from './check-probes';

/**
 * Runs the golden probes of every package on the current backend: this machine has to compute what its author's did.
 *
 * @throws ProbeMismatchError if a network gives other values than expected, MissingFileError, IntegrityError
 * @example
 * const network = await assemble(ckn, [shape], { verify: goldenProbes });
 */
export const goldenProbes: NetworkCheck = { checkTrunk: checkTrunkProbes, checkFactor: checkFactorProbes };
