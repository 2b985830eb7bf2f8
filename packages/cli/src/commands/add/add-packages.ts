import {
  type AdditionPlan,
  confirmInstalled,
  detectManager,
  findProject,
  installCommand,
  installPackages,
  installSpecifiers,
  keepRemote,
  listInstalled,
  resolveAddition,
} from '@factornet/registry';
import { CancelledError, InvalidOptionError } from '@factornet/spec';
import type { Work } from '../../context';
import { EXIT_INCOMPATIBLE } from '../../exit-codes';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { reportLookups } from '../../render/lookup-progress';
import { quoteCommandLine } from '../../render/quote';
import { renderText } from '../../render/text';
import { askToInstall } from './add-prompt';
import { renderAddition, renderUse } from './add-rendering';
import { addToLock } from './add-to-lock';

export interface AddFlags {
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly registry?: string;
  readonly manager?: string;
}

/** Plans an addition to the project at hand, asks, and has the project's package manager install it. */
export async function addPackages(
  specifiers: readonly string[],
  { yes, dryRun, registry, manager: asked }: AddFlags,
  { io, log }: Work,
): Promise<Outcome> {
  const directory = await findProject();
  const manager = await detectManager(directory, asked);
  const at = {
    ...(registry !== undefined && { registry }),
    ...(io.signal !== undefined && { signal: io.signal }),
  };
  const plan = await resolveAddition(specifiers, directory, { ...at, onProgress: reportLookups(log) });
  const install = installSpecifiers(plan, directory);
  const { command, parameters } = installCommand(manager, install, { registry });
  const words = quoteCommandLine([command, ...parameters]);
  const [conflict] = plan.conflicts;
  if (conflict !== undefined) {
    const { kind: code, message, hint } = conflict;
    return {
      json: { error: { code, message, hint }, plan },
      text: [renderAddition(plan), ...plan.conflicts.map((each) => `Conflict: ${each.message}`)],
      exitCode: EXIT_INCOMPATIBLE,
    };
  }
  const json = { plan, manager, command: plan.install.length === 0 ? null : [command, ...parameters] };
  if (plan.install.length === 0) {
    const { dependencies } = await listInstalled(directory);
    const text = [renderAddition(plan), 'All of it is there already.', renderUse(plan, dependencies)];
    return { json: { ...json, installed: false, lock: null }, text };
  }
  if (dryRun) {
    const text = [renderAddition(plan), `Would run, in ${directory}: ${words}`];
    return { json: { ...json, installed: false, lock: null }, text };
  }
  log(renderText(renderAddition(plan), io.stderr.columns));
  log(`In ${directory}: ${words}`);
  if (!yes) await ask(plan, io);
  const options = { ...at, directory, manager, output: io.stderr.terminal ?? io.stderr };
  await withInterrupt(io, async (signal) => {
    for (const path of await keepRemote(plan, directory, { signal })) log(`Wrote ${path}`);
    await installPackages(install, { ...options, signal });
  });
  const project = await listInstalled(directory);
  await confirmInstalled(plan, project, { manager, command: words });
  const lock = await addToLock(plan, directory);
  const added = plan.packages.filter(({ step }) => step !== 'present');
  return {
    json: { ...json, installed: true, lock },
    text: [
      `Added ${added.map(({ name, version }) => `${name}@${version}`).join(', ')}.`,
      ...(lock === null ? [] : [lock.message]),
      renderUse(plan, project.dependencies),
    ],
  };
}

/** @throws CancelledError unless the answer is yes, InvalidOptionError where nobody can be asked */
async function ask(plan: AdditionPlan, { stdin, stderr, signal }: Work['io']): Promise<void> {
  if (stdin?.isTTY !== true || stderr.terminal === undefined) {
    throw new InvalidOptionError(
      { option: '--yes', expected: 'given where there is no terminal to ask at', received: 'missing' },
      { hint: 'The plan is above. To install it: the same command with --yes; to only plan: --dry-run.' },
    );
  }
  if (
    await askToInstall(plan.install.length, {
      input: stdin,
      output: stderr.terminal,
      ...(signal !== undefined && { signal }),
    })
  )
    return;
  throw new CancelledError({ operation: 'factornet add' }, { hint: 'Nothing was installed.' });
}
