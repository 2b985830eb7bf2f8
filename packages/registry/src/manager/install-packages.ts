import { RegistryError } from '@factornet/spec/publishing';
import { ManagerFailure, runManager } from '../npm/run-manager';
import type { Manager } from './detect-manager';
import { installCommand } from './install-command';

export interface InstallOptions {
  /** Of the project. */
  directory: string;
  manager: Manager;
  registry?: string;
  /** Where the package manager's words go as they come. Default: standard error. */
  output?: { write(text: string | Uint8Array): unknown };
  signal?: AbortSignal;
}

/** Characters of a failure's words that an error carries. */
const TOLD = 4000;

/**
 * Adds packages to a project with its package manager: exactly these arguments, no shell, no install scripts. What it
 * has to say goes to standard error.
 *
 * @throws RegistryError if it cannot be started or fails, with its words; CancelledError
 * @example
 * await installPackages(plan.install, { directory: process.cwd(), manager: 'npm' });
 */
export async function installPackages(specifiers: readonly string[], options: InstallOptions): Promise<void> {
  const { directory, manager, registry, output = process.stderr, signal } = options;
  const { command, parameters, environment } = installCommand(manager, specifiers, { registry });
  const running = { cwd: directory, environment, output, ...(signal !== undefined && { signal }) };
  await runManager(command, parameters, running).catch((failure: unknown) => {
    throw explain(failure, command, [command, ...parameters].join(' '));
  });
}

function explain(failure: unknown, manager: string, command: string): unknown {
  if (!(failure instanceof ManagerFailure)) return failure;
  const { cause, isMissing } = failure;
  if (isMissing) {
    const hint = `Put ${manager} on the PATH (perhaps: corepack enable), or use another package manager: --manager npm.`;
    return new RegistryError({ command, output: `${manager} could not be started.` }, { cause, hint });
  }
  const output = failure.output.slice(-TOLD) || 'It said why above.';
  const hint = 'Nothing else was changed. When that is settled, the same command goes on.';
  return new RegistryError({ command, output }, { cause, hint });
}
