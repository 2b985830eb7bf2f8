import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import spawn from 'nano-spawn';
import type { TestRegistry } from './start-registry';

/** Publishes a package that consists of a `package.json` alone, with npm; under a tag of its own if need be. */
export async function publishDescription(
  { npmrc }: TestRegistry,
  description: object,
  { tag = 'latest' }: { tag?: string } = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'factornet-publish-'));
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify(description));
    const env = { npm_config_userconfig: npmrc };
    await spawn('npm', ['publish', '--ignore-scripts', `--tag=${tag}`], { cwd: folder, env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
