import { shellWord } from '@factornet/spec/internal';
import { RegistryError } from '@factornet/spec/publishing';
import { ManagerFailure, type RunOptions, runManager } from './run-manager';

/** Which registry, and as whom. npm adds the user's own settings: `.npmrc`, tokens, proxies. */
export interface NpmOptions extends Pick<RunOptions, 'signal' | 'timeout'> {
  /** Folder whose `.npmrc` counts. Default: the current one. */
  cwd?: string;
  /** Address of a registry, in place of the one that npm is set to. */
  registry?: string;
}

/** For questions that someone waits for: left alone, npm waits five minutes for an answer, three times. */
export const impatient = [
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=1000',
  '--fetch-timeout=30000',
];

/**
 * Runs npm, quiet and without install scripts.
 *
 * @returns what it printed on standard output
 * @throws ManagerFailure, CancelledError
 */
export function runNpm(
  parameters: readonly string[],
  { registry, ...options }: NpmOptions = {},
): Promise<string> {
  const flags = ['--loglevel=error', '--no-update-notifier', '--ignore-scripts'];
  if (registry !== undefined) flags.push(`--registry=${registry}`);
  return runManager('npm', [...parameters, ...flags], options);
}

/**
 * As {@link runNpm}, for an answer in JSON; undefined if it said nothing.
 *
 * @throws ManagerFailure, CancelledError
 */
export async function askNpm(parameters: readonly string[], options?: NpmOptions): Promise<unknown> {
  const answer = await runNpm([...parameters, '--json'], options);
  // Scripts of a workspace and announcements come before it.
  const start = answer.search(/^[[{"]/m);
  return start < 0 ? undefined : JSON.parse(answer.slice(start));
}

/** The error that users see, with npm's own words and the next step. */
export function registryError(failure: unknown, command: string, { registry }: NpmOptions): unknown {
  if (!(failure instanceof ManagerFailure)) return failure;
  const { words, cause } = failure;
  return new RegistryError({ command, output: words }, { cause, hint: nextStep(failure, registry) });
}

export const npmMissing = 'Check that the folder exists and that npm, which comes with Node, is on the PATH.';

function nextStep({ code, isMissing }: ManagerFailure, registry: string | undefined): string {
  if (isMissing) return npmMissing;
  if (code === 'EOTP') return 'Run it again with --otp and the code of your authenticator.';
  if (/^(?:ENEEDAUTH|E401|E403)$/.test(code)) {
    const login = `npm login${registry === undefined ? '' : ` --registry ${shellWord(registry)}`}`;
    return `Log in as someone who may do this, and check that the scope is yours: ${login}`;
  }
  if (code === 'E404' || code === 'ETARGET') return 'Check name, version and registry (--registry).';
  return 'Check the registry (--registry) and what npm says.';
}
