import { shellWord } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import spawn, { SubprocessError } from 'nano-spawn';

/** Which registry, and as whom. npm adds the user's own settings: `.npmrc`, tokens, proxies. */
export interface NpmOptions {
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

/** npm said no, and how. */
export class NpmFailure extends Error {
  /** npm's words, `npm error ` left out. */
  readonly words: string;
  /** `E404`, `ENEEDAUTH`, … */
  readonly code: string;
  /** Whether there is no npm, or no folder to run it in. */
  readonly isMissing: boolean;

  constructor(cause: SubprocessError) {
    const words =
      cause.stderr.replaceAll(/^npm (?:error|ERR!)(?: A complete log of this run.*| ?)/gm, '').trim() ||
      cause.message;
    super(words, { cause });
    this.words = words;
    this.code = /^code (\w+)/m.exec(words)?.[1] ?? '';
    this.isMissing = (cause.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  }
}

/**
 * Runs npm, without a shell and without anyone to answer questions.
 *
 * @returns what it printed on standard output
 * @throws NpmFailure
 */
export async function runNpm(
  parameters: readonly string[],
  { cwd = process.cwd(), registry }: NpmOptions = {},
): Promise<string> {
  const flags = ['--loglevel=error', '--no-update-notifier', '--ignore-scripts'];
  if (registry !== undefined) flags.push(`--registry=${registry}`);
  try {
    return (await spawn('npm', [...parameters, ...flags], { cwd, stdin: 'ignore' })).stdout;
  } catch (cause) {
    throw cause instanceof SubprocessError ? new NpmFailure(cause) : cause;
  }
}

/** The error that users see, with npm's own words and the next step. */
export function registryError(failure: unknown, command: string, { registry }: NpmOptions): unknown {
  if (!(failure instanceof NpmFailure)) return failure;
  const { words, cause } = failure;
  return new RegistryError({ command, output: words }, { cause, hint: nextStep(failure, registry) });
}

export const npmMissing = 'Check that the folder exists and that npm, which comes with Node, is on the PATH.';

function nextStep({ code, isMissing }: NpmFailure, registry: string | undefined): string {
  if (isMissing) return npmMissing;
  if (code === 'EOTP') return 'Run it again with --otp and the code of your authenticator.';
  if (/^(?:ENEEDAUTH|E401|E403)$/.test(code)) {
    const login = `npm login${registry === undefined ? '' : ` --registry ${shellWord(registry)}`}`;
    return `Log in as someone who may do this, and check that the scope is yours: ${login}`;
  }
  if (code === 'E404' || code === 'ETARGET') return 'Check name, version and registry (--registry).';
  return 'Check the registry (--registry) and what npm says.';
}
