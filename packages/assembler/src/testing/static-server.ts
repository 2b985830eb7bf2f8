import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface StaticServer {
  /** `http://127.0.0.1:<port>/` */
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Answers in the folder's place, or leaves it to the folder. */
export type Answer = (path: string, response: ServerResponse) => boolean | Promise<boolean>;

/**
 * Serves a folder as CDNs of npm packages do.
 *
 * @param redirects a range to the version that it means, e.g. `{ '@scope/ckn@^1.0.0': '@scope/ckn@1.2.0' }`
 * @param answer is asked first
 */
export async function serveFolder(
  folder: string,
  redirects: Readonly<Record<string, string>> = {},
  answer: Answer = () => false,
): Promise<StaticServer> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url ?? '/');
    requests.push(path);
    if (await answer(path, response)) return;
    const moved = Object.entries(redirects).find(([range]) => path.startsWith(`/${range}/`));
    if (moved !== undefined) {
      const [range, version] = moved;
      response.writeHead(302, { location: `/${version}${path.slice(range.length + 1)}` }).end();
      return;
    }
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
