import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRegistry, type TestRegistry } from './start-registry';

let registry: TestRegistry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

it('is a registry that knows nothing, and whose token is a user’s', async () => {
  expect((await fetch(`${registry.url}left-pad`)).status).toBe(404);
  const token = /_authToken=(.+)/.exec(await readFile(registry.npmrc, 'utf8'))?.[1];
  const answer = await fetch(`${registry.url}-/whoami`, { headers: { authorization: `Bearer ${token}` } });
  expect(await answer.json()).toEqual({ username: 'tester' });
});

it('leaves nothing behind', async () => {
  const other = await startRegistry();
  expect(other.url).not.toBe(registry.url);
  await other.stop();
  await other.stop();
  await expect(fetch(other.url)).rejects.toThrow();
  await expect(stat(other.npmrc)).rejects.toThrow(/ENOENT/);
});
