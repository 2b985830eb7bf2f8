import { InvalidOptionError } from '@factornet/spec';

/** Whether there are files to read; a function, because bundlers put parts of `process` into pages. */
export const isNode = () => typeof globalThis.process?.getBuiltinModule === 'function';

/** `https://…` or `file:///…`, as opposed to a path or a name. */
export const isWebAddress = (text: string) => /^[a-z][a-z\d+.-]+:/i.test(text);

/** `./x`, `../x`, `/x` or `C:\x`, as opposed to a name. */
export const isPath = (text: string) => /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[a-z]:[/\\])/i.test(text);

/**
 * The folder as a URL that ends with a slash; also for the address of the `package.json` in it. A relative path is
 * taken from the working directory, or from the address of the page.
 *
 * @throws InvalidOptionError if it is no `file:`, `http:` or `https:` location
 */
export function folderUrl(folder: string | URL): URL {
  const url = toUrl(folder);
  if (url === undefined || !/^(?:file|https?):$/.test(url.protocol)) {
    throw new InvalidOptionError({
      option: 'source',
      expected: 'a folder, or a file:, http: or https: URL',
      received: String(folder),
    });
  }
  // As a whole: a path that begins with two slashes would be that of another server.
  return new URL(`${url.href.replace(/[?#].*/, '').replace(/\/(?:package\.json)?$/, '')}/`);
}

function toUrl(folder: string | URL): URL | undefined {
  if (typeof folder !== 'string') return new URL(folder);
  try {
    if (isWebAddress(folder)) return new URL(folder);
    if (!isNode()) return new URL(folder, globalThis.document?.baseURI ?? globalThis.location.href);
    const [{ pathToFileURL }, { resolve }] = [
      process.getBuiltinModule('node:url'),
      process.getBuiltinModule('node:path'),
    ];
    return pathToFileURL(resolve(folder));
  } catch {
    return undefined;
  }
}
