import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancelledError,
  InvalidManifestError,
  LIMITS,
  MissingFileError,
  RefusedPackageError,
} from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchPackageJson } from '../package-files/read-package-file';
import { fetchBytes, readBytes } from './read-bytes';

const bodies: Record<string, Uint8Array | string> = {
  '/weights.bin': Uint8Array.of(1, 2, 3),
  '/here/package.json': '{"name":"here"}',
  '/long/package.json': ' '.repeat(LIMITS.packageJsonBytes + 1),
  '/page/package.json': '<!doctype html>',
};
let folder: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet bytes-'));
  server = createServer((request, response) => {
    if (request.url?.startsWith('/silent')) return;
    if (request.url?.startsWith('/stuck')) {
      response.write('half');
      return;
    }
    if (request.url === '/moved/package.json') {
      response.writeHead(302, { location: '/here/package.json' });
    } else {
      response.statusCode = bodies[request.url ?? ''] === undefined ? 404 : 200;
    }
    response.end(bodies[request.url ?? '']);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await rm(folder, { recursive: true });
});

describe('readBytes', () => {
  it('reads files, data and HTTP', async () => {
    const path = join(folder, 'with space.bin');
    await writeFile(path, Uint8Array.of(1, 2, 3));
    for (const location of [
      pathToFileURL(path),
      'data:application/octet-stream;base64,AQID',
      `${origin}/weights.bin`,
    ]) {
      expect(await readBytes(new URL(location))).toEqual(Uint8Array.of(1, 2, 3));
    }
  });

  it('names a file that is not there by its path', async () => {
    const path = join(folder, 'not here.bin');
    await expect(readBytes(pathToFileURL(path))).rejects.toThrow(MissingFileError);
    await expect(readBytes(pathToFileURL(path))).rejects.toMatchObject({ path });
  });

  it('says what the server answered, or that there is none', async () => {
    await expect(readBytes(new URL(`${origin}/other.bin`))).rejects.toThrow(
      /other\.bin.*\nThe server answered 404/,
    );
    const nowhere = readBytes(new URL('http://127.0.0.1:1/weights.bin'));
    await expect(nowhere).rejects.toThrow(/cannot be reached/);
    await expect(nowhere).rejects.toThrow(MissingFileError);
  });
});

describe('fetchBytes and fetchPackageJson', () => {
  it('tell where a file lay after a redirect', async () => {
    const moved = new URL(`${origin}/moved/package.json`);
    const location = new URL(`${origin}/here/package.json`);
    expect(await fetchPackageJson(moved)).toEqual({ description: { name: 'here' }, location });
    expect((await fetchBytes(moved)).location).toEqual(location);
  });

  it('read no more than they may', async () => {
    const { bytes } = await fetchBytes(new URL(`${origin}/long/package.json`), 10);
    expect(bytes.length).toBeGreaterThan(10);
    const long = fetchPackageJson(new URL(`${origin}/long/package.json`));
    await expect(long).rejects.toSatisfy(RefusedPackageError.isInstance);
    await expect(long).rejects.toThrow(`(size): it has more than the ${LIMITS.packageJsonBytes} bytes`);
  });

  it.each(['silent', 'stuck'])('give up a server that is %s, and name it', async (path) => {
    const timeout = 50;
    const waiting = fetchPackageJson(new URL(`${origin}/${path}/package.json`), { timeout });
    await expect(waiting).rejects.toSatisfy(MissingFileError.isInstance);
    await expect(waiting).rejects.toThrow(/127\.0\.0\.1:.*\nIt sent nothing for 50 ms\./);
    const controller = new AbortController();
    const cancelled = fetchBytes(new URL(`${origin}/${path}`), 10, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(cancelled).rejects.toSatisfy(CancelledError.isInstance);
  });

  it('say what is not there, or no package.json', async () => {
    await expect(fetchPackageJson(new URL(`${origin}/none/package.json`))).rejects.toThrow(
      /none\/package\.json does not exist or cannot be read\.\nThe server answered 404 .*Check the address/,
    );
    const page = fetchPackageJson(new URL(`${origin}/page/package.json`));
    await expect(page).rejects.toSatisfy(InvalidManifestError.isInstance);
  });
});
