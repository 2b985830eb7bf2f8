import { CancelledError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import npmFetch from 'npm-registry-fetch';
import { explainRefusal } from './explain-refusal';
import { npmSettings } from './npm-settings';

/** Where and as whom to ask; the user's own settings add to it: `.npmrc`, tokens, proxies, npm's cache. */
export interface RegistryOptions {
  /** Folder whose `.npmrc` counts, and from which relative paths are read. Default: the current one. */
  cwd?: string;
  /** Address of a registry, in place of those that npm is set to for everything or for a scope. */
  registry?: string;
  /** Milliseconds that a registry may take for an answer, or for any part of it. Default 30,000. */
  timeout?: number;
  /** Of one answer. A registry may hold 100 MB about a package; what is asked for here is far less. Default 64 MB. */
  maximumBytes?: number;
  signal?: AbortSignal;
}

export interface Question {
  /** Address below that of the registry, escaped. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** The npm scope whose registry is asked, e.g. `@me`. Default: the registry for everything else. */
  readonly scope?: string | undefined;
  /** What a person would run to find out. */
  readonly asked: string;
}

/** Someone waits for the answer; of its own accord npm would try a dead registry for over a minute. */
const retry = { retries: 1, minTimeout: 1000, maxTimeout: 1000 };

/**
 * Asks a registry for JSON, as npm would.
 *
 * @throws RegistryError with the registry's words, or if it does not answer; CancelledError
 */
export async function askRegistry(question: Question, options: RegistryOptions): Promise<unknown> {
  const { cwd, registry, signal, timeout = 30_000, maximumBytes = 64_000_000 } = options;
  const { path, query = {}, scope, asked } = question;
  const settings = await npmSettings(cwd);
  const address = registry ?? String((scope && settings[`${scope}:registry`]) || settings.registry);
  const command = `GET ${address.replace(/\/+$/, '')}${path}`;
  try {
    signal?.throwIfAborted();
    const given = { ...settings, registry: address, query, timeout, retry, ...(signal && { signal }) };
    const response = await npmFetch(path, given as npmFetch.Options);
    const text = await readText(response.body, maximumBytes, command);
    // Where a registry fails it, npm's cache answers in its place, to whoever has given up as well.
    signal?.throwIfAborted();
    return JSON.parse(text);
  } catch (cause) {
    if (signal?.aborted) throw new CancelledError({ operation: command }, { cause });
    if (RegistryError.isInstance(cause)) throw cause;
    const { output, hint } = explainRefusal(cause, { asked, registry, address });
    throw new RegistryError({ command, output }, { cause, hint });
  }
}

function readText(body: NodeJS.ReadableStream, most: number, command: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    body.on('data', (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= most) {
        chunks.push(chunk);
        return;
      }
      const hint = 'Ask for another package, or tell whoever keeps the registry.';
      reject(new RegistryError({ command, output: `The answer has more than ${most} bytes.` }, { hint }));
      (body as unknown as { destroy(): void }).destroy();
    });
    body.on('error', reject);
    body.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
