import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MissingFileError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBytes } from './read-bytes';

let folder: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet bytes-'));
  server = createServer((request, response) => {
    response.statusCode = request.url === '/weights.bin' ? 200 : 404;
    response.end(Uint8Array.of(1, 2, 3));
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
