import { conflictError, type PlanRequest, planAssembly } from '@factornet/assembler';
import type { PackageSet } from '@factornet/registry';

/** @throws the first conflict's error, if these packages do not go together */
export function refuseConflicts(set: PackageSet, multipleTrunks = false): void {
  const [conflict] = planAssembly({ ...planRequest(set), multipleTrunks }).conflicts;
  if (conflict !== undefined) throw conflictError(conflict);
}

export function planRequest({ commons, factors }: PackageSet): PlanRequest {
  return { common: commons, factors };
}
