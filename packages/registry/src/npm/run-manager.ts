import { CancelledError } from '@factornet/spec';
import spawn, { type Options, SubprocessError } from 'nano-spawn';

export interface RunOptions {
  /** Where it runs. Default: the current folder. */
  cwd?: string;
  environment?: Readonly<Record<string, string>>;
  /** Where its words go as they come. A terminal is handed over, for progress bars and colours. Default: nowhere. */
  output?: { write(text: string | Uint8Array): unknown };
  /** Ends it, with a CancelledError. */
  signal?: AbortSignal;
  /** Milliseconds that it may take. Default: any. */
  timeout?: number;
}

/** A package manager said no, and how. */
export class ManagerFailure extends Error {
  /** What it said on standard error, npm's `npm error ` left out. */
  readonly words: string;
  /** All that it said; empty if it was shown. */
  readonly output: string;
  /** `E404`, `ENEEDAUTH`, … of npm; `ETIMEDOUT` if its time was over. */
  readonly code: string;
  /** Whether there is no such program, or no folder to run it in. */
  readonly isMissing: boolean;

  constructor(cause: SubprocessError, timeout?: number) {
    const said = cause.stderr.replaceAll(/^npm (?:error|ERR!)(?: A complete log of this run.*| ?)/gm, '');
    const words = timeout === undefined ? said.trim() || cause.message : `It took more than ${timeout} ms.`;
    super(words, { cause });
    this.words = words;
    this.output = cause.output.trim();
    this.code = timeout === undefined ? (/^code (\w+)/m.exec(words)?.[1] ?? '') : 'ETIMEDOUT';
    this.isMissing = (cause.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  }
}

/**
 * Runs a package manager: the one place that starts npm, pnpm or yarn. Exactly these arguments, no shell (`npm.cmd` is
 * found on Windows), and nobody to answer questions unless a terminal is handed over.
 *
 * @returns what it printed on standard output; empty if that was handed over
 * @throws ManagerFailure if it cannot be started, fails or takes too long
 * @throws CancelledError when `signal` aborts, or if it was interrupted by itself
 * @example
 * const version = await runManager('npm', ['--version']);
 */
export async function runManager(
  command: string,
  parameters: readonly string[],
  { cwd, environment, output, signal, timeout }: RunOptions = {},
): Promise<string> {
  const limit = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
  const terminal = output === process.stderr && process.stderr.isTTY;
  const options: Options = {
    ...(cwd !== undefined && { cwd }),
    ...(environment !== undefined && { env: environment }),
    stdio: terminal ? ['inherit', 2, 2] : ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([signal, limit].filter((each) => each !== undefined)),
  };
  const running = spawn(command, parameters, options);
  running.nodeChildProcess.then(
    ({ stdout, stderr }) => {
      if (output === undefined) return;
      for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => output.write(chunk));
    },
    () => {}, // The promise of the command itself tells.
  );
  try {
    return (await running).stdout;
  } catch (cause) {
    if (!(cause instanceof SubprocessError)) throw cause;
    if (signal?.aborted || cause.signalName === 'SIGINT' || cause.exitCode === 130) {
      throw new CancelledError({ operation: [command, ...parameters].join(' ') }, { cause });
    }
    throw new ManagerFailure(cause, limit?.aborted ? timeout : undefined);
  }
}
