import { SPEC_VERSION } from '@factornet/spec';
import { type AssemblyConflict, wordConflict } from './conflict';
import { explainMisfit } from './explain-misfit';
import type { FactorSubject, Subject, TrunkSubject } from './subjects';

/** A factor with the position of the common-knowledge network that it runs with, if it fits one. */
export interface AssignedFactor {
  readonly factor: FactorSubject;
  readonly trunk: number | undefined;
}

/** Every reason why these networks do not go together, in the order of the networks. */
export function findConflicts(
  trunks: readonly TrunkSubject[],
  factors: readonly FactorSubject[],
  assigned: readonly AssignedFactor[],
  multipleTrunks: boolean,
): AssemblyConflict[] {
  const readableTrunks = trunks.filter(isReadable);
  const readable = assigned.map(({ factor }) => factor);
  const incompatible = assigned.filter(({ trunk }) => trunk === undefined);
  return [
    ...[...trunks, ...factors].flatMap(findNewerSpec),
    ...(multipleTrunks ? [] : findMultipleTrunks(trunks, assigned)),
    ...findOtherInputs(readableTrunks),
    ...(readableTrunks.length === trunks.length
      ? incompatible.map(({ factor }) => explainMisfit(factor, trunks, incompatible.length < assigned.length))
      : []),
    ...findDuplicates(readable),
  ];
}

export const isReadable = ({ newerSpec }: Subject) => newerSpec === undefined;

function findNewerSpec({ label, newerSpec }: Subject): AssemblyConflict[] {
  if (newerSpec === undefined) return [];
  const install = 'npm install @factornet/assembler@latest';
  return [
    wordConflict({
      kind: 'newer-spec',
      source: label,
      version: newerSpec,
      supported: SPEC_VERSION,
      install,
      hint: `Update the assembler: ${install}`,
    }),
  ];
}

function findMultipleTrunks(
  trunks: readonly TrunkSubject[],
  assigned: readonly AssignedFactor[],
): AssemblyConflict[] {
  if (trunks.length < 2) return [];
  const needed = new Set(assigned.map(({ trunk }) => trunk));
  const idle = trunks.filter((_, index) => !needed.has(index)).map(({ label }) => label);
  const allow = 'To run them all, allow it: multipleTrunks: true, or --multiple-trunks of the command.';
  return [
    wordConflict({
      kind: 'multiple-trunks',
      commons: trunks.map(({ label }) => label),
      hint: idle.length === 0 ? allow : `Leave out what no factor here needs: ${idle.join(', ')}. ${allow}`,
    }),
  ];
}

function findOtherInputs([first, ...rest]: readonly TrunkSubject[]): AssemblyConflict[] {
  const expected = first?.inputShape ?? [];
  return rest
    .filter(({ inputShape }) => String(inputShape) !== String(expected))
    .map(({ label, inputShape }) =>
      wordConflict({
        kind: 'shape-mismatch',
        what: `The input of ${label}`,
        expected,
        received: inputShape,
        hint: `One picture goes into all networks: assemble ${label} apart from ${first?.label}.`,
      }),
    );
}

function findDuplicates(factors: readonly FactorSubject[]): AssemblyConflict[] {
  const byTask = new Map<string, string[]>();
  for (const { task, label } of factors) byTask.set(task, [...(byTask.get(task) ?? []), label]);
  return [...byTask]
    .filter(([, labels]) => labels.length > 1)
    .map(([task, labels]) =>
      wordConflict({
        kind: 'duplicate-task',
        task,
        factors: labels,
        hint: `Assemble one of them; to exchange it later: remove(${JSON.stringify(task)}), then add(…).`,
      }),
    );
}
