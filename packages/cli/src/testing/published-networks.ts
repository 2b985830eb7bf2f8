import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, SHAPE, SIZE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { publishPackage } from '@factornet/registry';
import type { TestRegistry } from '@factornet/registry/testing';
import spawn from 'nano-spawn';

/**
 * Publishes tiny networks: `@me/ckn` 1.0.0 and 2.0.0, three factors of the first, and `@me/hue` 2.0.0, which is made
 * for the second. `@you/shape` does what `@me/shape` does.
 */
export async function publishNetworks({ npmrc }: TestRegistry): Promise<void> {
  await useBackend('cpu');
  const folder = await mkdtemp(join(tmpdir(), 'factornet-published-'));
  const before = process.env.npm_config_userconfig;
  process.env.npm_config_userconfig = npmrc;
  try {
    const at = (name: string, version = '1.0.0') => ({
      name,
      version,
      directory: join(folder, `${name.replace(/\W/g, '-')}-${version}`),
    });
    const [first, second] = [await tinyCommon(1), await tinyCommon(50)];
    const one = await packCommon(first, at('@me/ckn'));
    const two = await packCommon(second, at('@me/ckn', '2.0.0'));
    const packed = [one, two];
    for (const [common, network, task, name, version] of [
      [one, first, SHAPE, '@me/shape', '1.0.0'],
      [one, first, SIZE, '@me/size', '1.0.0'],
      [one, first, HUE, '@me/hue', '1.0.0'],
      [two, second, HUE, '@me/hue', '2.0.0'],
      [one, first, SHAPE, '@you/shape', '1.0.0'],
    ] as const) {
      const factor = tinyFactor(network, task);
      packed.push((await packFactor(factor, { ...at(name, version), common })) as never);
      disposeBrick(factor);
    }
    for (const brick of [first, second]) disposeBrick(brick);
    for (const each of packed) await publishPackage(each);
    await spawn('npm', ['dist-tag', 'add', '@me/hue@1.0.0', 'latest']);
  } finally {
    if (before === undefined) delete process.env.npm_config_userconfig;
    else process.env.npm_config_userconfig = before;
    await rm(folder, { recursive: true, force: true });
  }
}
