import type { ChildProcess } from 'node:child_process';
import { CancelledError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import spawn, { type Options, SubprocessError } from 'nano-spawn';
import { explainRefusal } from './explain-refusal';

/** Where and as whom to ask; npm adds the user's own settings: `.npmrc`, tokens, proxies, its cache. */
export interface RegistryOptions {
  /** Folder whose `.npmrc` counts, and from which relative paths are read. Default: the current one. */
  cwd?: string;
  /** Address of a registry, in place of the one that npm is set to. */
  registry?: string;
  signal?: AbortSignal;
}

/** Characters of one answer. A registry may hold 100 MB about one package; what is asked for here is far less. */
const MOST = 64_000_000;

/** Someone waits for the answer; of its own accord npm would try a dead registry for over a minute. */
const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=1000'];

/**
 * Asks npm for something it prints as JSON. Only npm itself is run, without a shell.
 *
 * @param parameters command and operands, e.g. `['view', '@scope/ckn', 'version']`
 * @returns undefined where npm prints nothing
 * @throws RegistryError with npm's words, CancelledError
 */
export async function runNpm(
  parameters: readonly string[],
  { cwd, registry, signal }: RegistryOptions,
  moreFlags: readonly string[] = [],
): Promise<unknown> {
  const asked = ['npm', ...parameters].join(' ');
  const flags = ['--json', '--loglevel=error', '--no-update-notifier', ...patience, ...moreFlags];
  if (registry !== undefined) flags.push(`--registry=${registry}`);
  const options: Options = { stdin: 'ignore' };
  if (cwd !== undefined) options.cwd = cwd;
  if (signal !== undefined) options.signal = signal;
  // `--` ends the flags, so that no specifier is read as one.
  const [command = '', ...operands] = parameters;
  const running = spawn('npm', [command, ...flags, '--', ...operands], options);
  const exceeded = limitOutput(running.nodeChildProcess);
  try {
    return parseAnswer((await running).stdout, asked);
  } catch (cause) {
    if (!(cause instanceof SubprocessError)) throw cause;
    if (signal?.aborted) throw new CancelledError({ operation: asked }, { cause });
    if (exceeded()) throw tooMuch(asked);
    if (isMissing(cause)) {
      throw new RegistryError(
        { command: asked, output: 'npm could not be started.' },
        { cause, hint: 'npm comes with Node: check that it is on the PATH, and that the folder exists.' },
      );
    }
    const { output, hint } = explainRefusal(cause, { asked, registry });
    throw new RegistryError({ command: asked, output }, { cause, hint });
  }
}

function limitOutput(starting: Promise<ChildProcess>): () => boolean {
  let length = 0;
  starting.then(
    (child) => {
      child.stdout?.on('data', (chunk: string | Uint8Array) => {
        length += chunk.length;
        if (length > MOST) child.kill();
      });
    },
    () => {}, // The promise of the command itself tells.
  );
  return () => length > MOST;
}

function parseAnswer(text: string, command: string): unknown {
  if (text.trim() === '') return undefined;
  if (text.length > MOST) throw tooMuch(command);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RegistryError(
      { command, output: `It did not print JSON: ${text.slice(0, 200)}` },
      { cause, hint: 'Check the version of npm: npm --version should be 9 or later.' },
    );
  }
}

function tooMuch(command: string): RegistryError {
  const hint = 'Name a version or a narrower range, e.g. @scope/shape@^1.2.0.';
  return new RegistryError({ command, output: `The answer has more than ${MOST} characters.` }, { hint });
}

function isMissing({ cause }: SubprocessError): boolean {
  return (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
}
