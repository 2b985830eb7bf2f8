import { shellWord } from '@factornet/spec/internal';

const unreachable =
  /^(ECONN|ENOTFOUND|EAI_|ENET|EHOST|EPIPE|ERR_SOCKET|ERR_INVALID_URL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)|TIMEOUT|TIMEDOUT|timeout/;

export interface Asked {
  /** What a person would run to find out. */
  readonly asked: string;
  /** Of the registry, where npm's own settings do not name it. */
  readonly registry?: string | undefined;
  /** Of the registry that was asked. */
  readonly address: string;
}

/** What a registry, or the way to it, had to say against an answer, and the next step to take. */
export function explainRefusal(
  error: unknown,
  { asked, registry, address }: Asked,
): { output: string; hint: string } {
  const { code, type, message = '' } = Object(error) as { code?: string; type?: string; message?: string };
  // A code for everything tells less than the type.
  const known = (code === 'FETCH_ERROR' ? type : code) ?? type ?? '';
  return { output: `${known} ${message}`.trim(), hint: nextStep(known, asked, registry, address) };
}

function nextStep(code: string, asked: string, registry: string | undefined, address: string): string {
  const flag = registry === undefined ? '' : ` --registry ${shellWord(registry)}`;
  if (code === 'E404' || code === 'ETARGET') {
    return `Check name, version and registry (${registry ?? `${address}; --registry names another`}); a private package may need npm login${flag}.`;
  }
  if (code === 'E401' || code === 'E403' || code === 'ENEEDAUTH') {
    return `Log in with an account that may read it: npm login${flag}`;
  }
  if (code === 'ENOTCACHED') {
    return 'npm is set to work offline and has no copy of it: ask once without `offline` set.';
  }
  if (unreachable.test(code)) {
    return `The registry (${address}) could not be reached, or did not answer in time: check its address, the network and npm's proxy settings.`;
  }
  return `For all that npm has to say, run it yourself: ${asked}${flag}`;
}
