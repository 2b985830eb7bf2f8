import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type GoodPackages, inFile, packGoodPackages } from '@factornet/verifier/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCaptured } from './testing/run-captured';

let good: GoodPackages;
let packages: string[];
let picture: string;

beforeAll(async () => {
  good = await packGoodPackages();
  const folder = await good.copy('huge');
  packages = ['ckn', 'shape'].map((name) => join(folder, name));
  await inFile('head.weights.bin', (bytes) => {
    for (let at = 0; at < 48; at++) bytes.writeFloatLE(3e38, 4 * at);
    return bytes;
  })(packages[1] as string);
  picture = join(folder, 'grey.png');
  const create = { width: 32, height: 32, channels: 3, background: 'grey' } as const;
  await sharp({ create }).png().toFile(picture);
});
afterAll(() => good.remove());

const run = async (...argv: readonly string[]) => {
  const told = await runCaptured([...argv, '--backend', 'cpu', '--json']);
  return { exitCode: told.exitCode, error: told.json<{ error: { code: string; message: string } }>().error };
};

test('a network that answers no numbers is an error of predict that names the picture', async () => {
  const { exitCode, error } = await run('predict', ...packages, '--image', picture);
  expect(exitCode).toBe(3);
  expect(error).toMatchObject({
    code: 'non-finite-output',
    message: `@scope/shape@1.0.0 answers NaN or an infinite number to picture ${picture}, and so names no class.`,
  });
});

test.each([['assemble', '--check'], ['assemble', '--verify'], ['verify']])(
  'and of %s %s',
  async (command, ...flags) => {
    const { exitCode, error } = await run(command, ...packages, ...flags);
    expect({ exitCode, code: error.code }).toEqual({ exitCode: 3, code: 'non-finite-output' });
  },
);

test.each(['float32', 'float16'])('nothing is exported of it, as %s either', async (dtype) => {
  const out = join(packages[0] as string, '..', 'exported');
  const { exitCode, error } = await run('export', ...packages, '--out', out, '--dtype', dtype);
  expect({ exitCode, code: error.code }).toEqual({ exitCode: 3, code: 'non-finite-output' });
  await expect(readdir(out)).rejects.toThrow('ENOENT');
});
