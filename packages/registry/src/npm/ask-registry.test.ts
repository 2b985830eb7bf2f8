import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { searchPackages } from '../packages/search-packages';
import { viewPackages } from '../packages/view-packages';
import { viewVersions } from '../packages/view-versions';
import { descriptionOf, sampleFactor } from '../testing/sample-packages';

// Servers that behave in ways of their own, as npm's registry and verdaccio do not.

let folder: string;
let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let requests: IncomingMessage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-ask-'));
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = `http://${host}/npm/`;
  const lines = ['registry=http://127.0.0.1:9/', `@me:registry=${url}`, `//${host}/npm/:_authToken=secret`];
  await writeFile(join(folder, '.npmrc'), `${lines.join('\n')}\n`);
  vi.stubEnv('npm_config_cache', join(folder, 'cache'));
  vi.stubEnv('npm_config_userconfig', join(folder, 'none'));
});
beforeEach(() => {
  requests = [];
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const failure = (attempt: Promise<unknown>) => attempt.catch((error: unknown) => error);
const shape = descriptionOf(sampleFactor('shape'));
const json = (value: unknown) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};

describe('what a registry is asked', () => {
  it('is the one of the scope, with its token, in one request for all versions', async () => {
    answer = json({
      versions: {
        '1.0.0': shape,
        '1.1.0': { ...shape, version: '1.1.0' },
        '1.2.0': { ...shape, version: '6.6.6' },
        '1.3.0': { ...shape, version: '1.3.0', name: '@you/shape' },
      },
      'dist-tags': { latest: '1.0.0' },
    });
    const [versions] = await viewVersions(['@me/shape@^1.0.0'], { cwd: folder });
    expect(versions?.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      url: '/npm/@me%2fshape',
      headers: { authorization: 'Bearer secret' },
    });
    expect(await failure(viewPackages(['other'], { cwd: folder }))).toMatchObject({
      output: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('goes on through all pages of a search, and says how many hits it left', async () => {
    const names = Array.from({ length: 620 }, (_, index) => `@me/${String(index).padStart(3, '0')}`);
    answer = (request, response) => {
      const { searchParams } = new URL(request.url ?? '', url);
      const [from, size] = ['from', 'size'].map((key) => Number(searchParams.get(key)));
      const hits = (searchParams.get('text') ?? '').startsWith('keywords:') ? names : [];
      const objects = hits.slice(from, (from ?? 0) + Math.min(size ?? 0, 250)).map((name) => ({
        package: { name, version: '1.0.0', keywords: ['factornet-factor'] },
      }));
      json({ objects, total: hits.length })(request, response);
    };
    const left: number[] = [];
    const options = { cwd: folder, scope: '@me', onLeftOut: (hits: number) => left.push(hits) };
    expect((await searchPackages(options)).map(({ name }) => name)).toEqual(names);
    expect(left).toEqual([]);
    expect(await searchPackages({ ...options, limit: 300 })).toHaveLength(300);
    expect(left).toEqual([320]);
  });

  it('is left alone when it gives the same page for ever', async () => {
    const objects = [{ package: { name: '@me/a', version: '1.0.0', keywords: ['factornet-factor'] } }];
    answer = json({ objects, total: 5000 });
    const left: number[] = [];
    const found = await searchPackages({ cwd: folder, scope: '@me', onLeftOut: (hits) => left.push(hits) });
    expect([found.length, left, requests.length]).toEqual([1, [4999], 4]);
  });
});

describe('a registry that never answers', () => {
  it.each<[string, typeof answer]>([
    ['says nothing', () => {}],
    ['stops in its answer', (_, response) => response.writeHead(200).write('{"versions":')],
  ])('and %s is given up, and named', async (_, hang) => {
    answer = hang;
    const error = await failure(viewPackages(['@me/slow'], { cwd: folder, timeout: 100 }));
    expect(RegistryError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      command: `GET ${url}@me%2fslow`,
      hint: expect.stringContaining(`(${url}) could not be reached, or did not answer in time`),
    });
  });

  it('is no longer waited for once that is cancelled', async () => {
    const controller = new AbortController();
    answer = () => controller.abort();
    const options = { cwd: folder, signal: controller.signal };
    expect(CancelledError.isInstance(await failure(viewPackages(['@me/shape'], options)))).toBe(true);
  });

  it('or answers without end, or no JSON, is refused', async () => {
    answer = (_, response) => {
      const chunk = Buffer.alloc(1e6, ' ');
      const write = () => void (response.destroyed || response.write(chunk, write));
      write();
    };
    expect(await failure(viewPackages(['@me/long'], { cwd: folder, maximumBytes: 2e6 }))).toMatchObject({
      output: 'The answer has more than 2000000 bytes.',
    });
    answer = (_, response) => response.end('<html>');
    expect(await failure(viewPackages(['@me/page'], { cwd: folder }))).toMatchObject({ code: 'registry' });
  });
});
