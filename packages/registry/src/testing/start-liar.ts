import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a registry says of a package, and what it delivers. */
export interface Lie {
  /** As in `package.json`, `name` and `version` among it. */
  readonly description: Readonly<Record<string, unknown>>;
  readonly tarball: Uint8Array;
}

/**
 * A registry that says one thing of a package and delivers another, whose digest it states rightly: npm has no reason to
 * complain.
 */
export async function startLiar(lies: readonly Lie[]): Promise<{ url: string; stop(): Promise<void> }> {
  const nameOf = ({ description }: Lie) => String(description.name);
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    const packed = lies.find((each) => path === `${nameOf(each)}.tgz`);
    if (packed !== undefined) return response.end(packed.tarball);
    const versions = lies.filter((each) => nameOf(each) === path);
    if (versions.length === 0) return response.writeHead(404).end('{"error":"not found"}');
    const latest = versions.at(-1)?.description.version;
    const document = {
      name: path,
      'dist-tags': { latest },
      versions: Object.fromEntries(
        versions.map(({ description, tarball }) => [
          description.version,
          { ...description, dist: { tarball: `${url}${path}.tgz`, integrity: digestOf(tarball) } },
        ]),
      ),
    };
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function digestOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}
