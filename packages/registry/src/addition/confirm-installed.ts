import { conflictError } from '@factornet/assembler';
import { FactornetError, LIMITS, RefusedPackageError } from '@factornet/spec';
import { shellWord } from '@factornet/spec/internal';
import { RegistryError } from '@factornet/spec/publishing';
import { checkPackage } from '@factornet/verifier';
import type { Manager } from '../manager/detect-manager';
import { undoCommands } from '../manager/undo-commands';
import { installedFolder } from '../project/installed-folder';
import { groupInstalled, type InstalledProject } from '../project/list-installed';
import type { AdditionPlan } from './addition-plan';
import { confirmAddition } from './confirm-addition';

/** What was run to install a plan. */
export interface Installation {
  readonly manager: Manager;
  /** As a person would type it. */
  readonly command: string;
}

/**
 * Holds what a package manager installed against the plan: versions, manifests, and every file of what is new, by all
 * rules of `factornet verify` but golden probes. A registry may announce one package and deliver another, and so may the
 * two readers of one archive. Nothing of a package is run.
 *
 * @throws RefusedPackageError, RegistryError, IncompatibleCommonError; each with the command that undoes it
 */
export async function confirmInstalled(
  plan: AdditionPlan,
  project: InstalledProject,
  { manager, command }: Installation,
): Promise<void> {
  const undo = undoCommands(manager, plan.packages)
    .map((words) => words.map(shellWord).join(' '))
    .join(' && ');
  const differences = confirmAddition(plan, project);
  if (differences.length > 0) {
    const settings =
      'Look for overrides or rules on the age of releases in the settings of the package manager.';
    throw new RegistryError(
      { command, output: `It ended well, but did something else:\n${differences.join('\n')}` },
      { hint: `${settings} To undo it: ${undo}` },
    );
  }
  for (const { name, version, step } of plan.packages) {
    if (step === 'present') continue;
    const folder = await installedFolder(name, project.directory);
    await checkPackage(folder, { probes: false, maxBytes: 2 * LIMITS.weightsBytes }).catch(
      (cause: unknown) => {
        throw explain(cause, { command, source: `${name}@${version}`, undo });
      },
    );
  }
  const labels = plan.packages.map(({ name, version }) => `${name}@${version}`);
  const [conflict] = groupInstalled(project)
    .flatMap(({ plan: assembly }) => assembly?.conflicts ?? [])
    .filter((each) => each.kind === 'incompatible-common' && labels.includes(each.factor));
  if (conflict !== undefined) throw conflictError(conflict);
}

function explain(
  cause: unknown,
  { command, source, undo }: { command: string; source: string; undo: string },
): unknown {
  if (!FactornetError.isInstance(cause)) return cause;
  const hint = `It is installed, though nothing of it was run. Remove it and tell its publisher: ${undo}`;
  if (RefusedPackageError.isInstance(cause)) return new RefusedPackageError(cause, { cause, hint });
  return new RegistryError(
    { command, output: `It installed ${source}, which is not what it should be: ${cause.message}` },
    { cause, hint },
  );
}
