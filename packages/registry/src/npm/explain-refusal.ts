import { shellWord } from '@factornet/spec';
/** What there is to go by when npm fails. */
export interface Refusal {
  readonly stdout: string;
  readonly stderr: string;
  readonly message: string;
}

const unreachable =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|ENET|EHOST|EPIPE|ERR_SOCKET|ERR_INVALID_URL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/;

/** Finds npm's own words in what it printed (its `--json` error, else the text), and the next step to take. */
export function explainRefusal(
  { stdout, stderr, message }: Refusal,
  { asked, registry }: { asked: string; registry?: string | undefined },
): { output: string; hint: string } {
  const { code, summary, detail } = readError(stdout);
  const words = [summary, detail].filter((part) => part?.trim());
  const output = words.length > 0 ? `${code ?? ''} ${words.join('\n')}`.trim() : stderr.trim() || message;
  return { output, hint: nextStep(code || (/\bcode (\w+)/.exec(stderr)?.[1] ?? ''), asked, registry) };
}

function nextStep(code: string, asked: string, registry: string | undefined): string {
  const flag = registry === undefined ? '' : ` --registry ${shellWord(registry)}`;
  if (code === 'E404' || code === 'ETARGET') {
    return `Check name, version and registry (${registry ?? '`npm config get registry`; --registry names another'}); a private package may need npm login${flag}.`;
  }
  if (code === 'E401' || code === 'E403' || code === 'ENEEDAUTH') {
    return `Log in with an account that may read it: npm login${flag}`;
  }
  if (code === 'ENOTCACHED') {
    return 'npm is set to work offline and has no copy of it: ask once without `offline` set.';
  }
  if (unreachable.test(code)) {
    return `The registry (${registry ?? '`npm config get registry`'}) could not be reached: check its address, the network and npm's proxy settings.`;
  }
  return `For all that npm has to say, run it yourself: ${asked}${flag}`;
}

function readError(stdout: string): { code?: string; summary?: string; detail?: string } {
  try {
    const { code, summary, detail } = Object(JSON.parse(stdout).error);
    return { code: String(code ?? ''), summary: String(summary ?? ''), detail: String(detail ?? '') };
  } catch {
    return {};
  }
}
