import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withComposition } from './resolve-composition';

const before = process.cwd();
let folder: string;
let server: Server;
let from: string;
/** What the server answers for each `package.json`. */
const served = new Map<string, unknown>();
// biome-ignore lint/suspicious/noExplicitAny: tests break JSON in every place.
let factor: any;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-resolve-'));
  const common = await tinyCommon();
  const shape = tinyFactor(common, SHAPE);
  // A folder here that is called as the factor calls what it wants, and one that is nobody's business.
  const at = (name: string) => ({ name, version: '1.0.0', directory: join(folder, 'project', name) });
  const ckn = await packCommon(common, at('ckn'));
  await packCommon(common, { ...at('secret'), directory: join(folder, 'secret') });
  const packed = await packFactor(shape, { ...at('shape'), common: ckn });
  disposeBrick(common);
  disposeBrick(shape);
  factor = { name: packed.name, version: packed.version, factornet: packed.manifest };
  await cp(ckn.directory, join(folder, 'project/ckn@^1.0.0'), { recursive: true });
  await writeFile(join(folder, 'project/package.json'), '{}');
  server = createServer((request, response) => {
    const found = served.get(decodeURIComponent(String(request.url)));
    response.writeHead(found === undefined ? 404 : 200).end(JSON.stringify(found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  from = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  process.chdir(join(folder, 'project'));
});
afterAll(async () => {
  process.chdir(before);
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

it('reads no folder here for what a remote factor calls its common-knowledge network', async () => {
  served.set('/shape@1.0.0/package.json', factor);
  const failed = await withComposition(['shape@1.0.0'], { from }, async () => {}).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({ code: 'missing-file', path: `${from}ckn@%5E1.0.0/package.json` });
});

it('refuses a range that is a way to a folder here', async () => {
  const evil = structuredClone(factor);
  evil.factornet.common.range = '1.0.0/../../../secret';
  served.set('/shape@2.0.0/package.json', { ...evil, version: '2.0.0' });
  const failed = await withComposition(['shape@2.0.0'], { from }, async () => {}).catch(
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({
    code: 'invalid-manifest',
    issues: ['common.range: must be a semver range, e.g. "^1.0.0"'],
  });
});
