import { CancelledError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import spawn, { type Options, SubprocessError } from 'nano-spawn';
import type { Manager } from './detect-manager';
import { type InstallCommand, installCommand } from './install-command';

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
  const given = installCommand(manager, specifiers, { registry });
  // A terminal is handed over, for its progress bars and colours; its words are then on the screen.
  const terminal = output === process.stderr && process.stderr.isTTY;
  const spawnOptions: Options = {
    cwd: directory,
    env: given.environment,
    stdio: terminal ? ['inherit', 2, 2] : ['ignore', 'pipe', 'pipe'],
  };
  if (signal !== undefined) spawnOptions.signal = signal;
  const running = spawn(given.command, given.parameters, spawnOptions);
  running.nodeChildProcess.then(
    ({ stdout, stderr }) => {
      for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => output.write(chunk));
    },
    () => {}, // The promise of the command itself tells.
  );
  try {
    await running;
  } catch (cause) {
    if (!(cause instanceof SubprocessError)) throw cause;
    throw explain(cause, given, signal?.aborted ?? false);
  }
}

function explain(cause: SubprocessError, { command, parameters }: InstallCommand, aborted: boolean): unknown {
  const words = [command, ...parameters].join(' ');
  if (aborted || cause.signalName === 'SIGINT' || cause.exitCode === 130) {
    return new CancelledError({ operation: words }, { cause });
  }
  if ((cause.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    const hint = `Put ${command} on the PATH (perhaps: corepack enable), or use another package manager: --manager npm.`;
    return new RegistryError({ command: words, output: `${command} could not be started.` }, { cause, hint });
  }
  const output = cause.output.trim().slice(-TOLD) || 'It said why above.';
  const hint = 'Nothing else was changed. When that is settled, the same command goes on.';
  return new RegistryError({ command: words, output }, { cause, hint });
}
