import { mkdtemp, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { IntegrityError, MissingFileError, type ModelFiles } from '@factornet/spec';
import { memory } from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { expectNoLeak } from '../testing/no-leak';
import { integrityOf } from './digest';
import { smallNetwork } from './fixture';
import { encodeModel } from './model-bytes';
import { readModel, readPackedModel, readVerified } from './read-model';
import { writeModel } from './write-model';

let folder: string;
let files: ModelFiles;
const locate = (name: string) => pathToFileURL(join(folder, name));
const weightsPath = () => join(folder, files.weights.path);

beforeAll(async () => {
  await useBackend('cpu');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet model ä-'));
  files = await writeModel(smallNetwork(1), folder, 'small');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('writeModel and readModel', () => {
  it('write two files, described, and read them back bit for bit', async () => {
    expect((await readdir(folder)).toSorted()).toEqual(['small.model.json', 'small.weights.bin']);
    expect(files.weights.bytes).toBe((await readFile(weightsPath())).length);
    const read = await readModel(files, locate);
    expect(await encodeModel(read, 'w')).toEqual(await encodeModel(smallNetwork(1), 'w'));
  });

  it('make the folder, and replace what was there', async () => {
    const nested = join(folder, 'a', 'b');
    await writeModel(smallNetwork(1), nested, 'small');
    const again = await writeModel(smallNetwork(2), nested, 'small');
    const read = await readModel(again, (name) => pathToFileURL(join(nested, name)));
    expect(await encodeModel(read, 'w')).toEqual(await encodeModel(smallNetwork(2), 'w'));
    expect(await readdir(nested)).toHaveLength(2);
  });

  it('name a truncated file, with both lengths', async () => {
    await truncate(weightsPath(), files.weights.bytes - 1);
    const error = await readModel(files, locate).catch((caught: unknown) => caught);
    expect(IntegrityError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      path: weightsPath(),
      expected: `${files.weights.bytes} bytes`,
      received: `${files.weights.bytes - 1} bytes`,
      hint: expect.stringContaining('install the package again'),
    });
  });

  it.each(['weights', 'topology'] as const)(
    'name the digests if one byte of the %s changed',
    async (part) => {
      const path = join(folder, files[part].path);
      const bytes = await readFile(path);
      bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
      await writeFile(path, bytes);
      const error = await readModel(files, locate).catch((caught: unknown) => caught);
      expect(IntegrityError.isInstance(error)).toBe(true);
      expect(error).toMatchObject({ path, expected: files[part].integrity });
      expect((error as IntegrityError).received).toMatch(/^sha512-/);
    },
  );

  it('name a missing file', async () => {
    await rm(weightsPath());
    const error = await readModel(files, locate).catch((caught: unknown) => caught);
    expect(MissingFileError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ path: weightsPath() });
  });

  it('leak nothing, neither on success nor when a file is damaged', async () => {
    const model = smallNetwork(1);
    await expectNoLeak(() => writeModel(model, folder, 'small'));
    await expectNoLeak(async () => (await readModel(files, locate)).dispose());
    await truncate(weightsPath(), 10);
    const before = memory().numTensors;
    await expect(readModel(files, locate)).rejects.toThrow(IntegrityError);
    expect(memory().numTensors).toBe(before);
  });
});

describe('readVerified', () => {
  it('gives the bytes of one described file', async () => {
    expect(await readVerified(files.weights, locate)).toEqual(new Uint8Array(await readFile(weightsPath())));
  });
});

describe('readPackedModel', () => {
  it('reads what was written, and leaves nothing behind', async () => {
    const read = await readPackedModel(files, locate, '@scope/small@1.0.0');
    expect(await encodeModel(read, 'w')).toEqual(await encodeModel(smallNetwork(1), 'w'));
    await expectNoLeak(async () => (await readPackedModel(files, locate, 'x')).dispose());
  });

  it('asks for no weights before their topology is looked at', async () => {
    const path = join(folder, files.topology.path);
    const bytes = new TextEncoder().encode((await readFile(path, 'utf8')).replace('"Dense"', '"LSTM"'));
    await writeFile(path, bytes);
    const topology = { ...files.topology, bytes: bytes.length, integrity: await integrityOf(bytes) };
    const asked: string[] = [];
    const attempt = readPackedModel(
      { ...files, topology },
      (name) => {
        asked.push(name);
        return locate(name);
      },
      '@scope/small@1.0.0',
    );
    await expect(attempt).rejects.toThrow(
      /^small\.model\.json of @scope\/small@1\.0\.0 is refused \(topology\): the layer .* is a LSTM/,
    );
    expect(asked).toEqual(['small.model.json']);
  });

  it('takes no link for a file, which is one’s own model’s right', async () => {
    await rename(weightsPath(), join(folder, 'elsewhere.bin'));
    await symlink(join(folder, 'elsewhere.bin'), weightsPath());
    (await readModel(files, locate)).dispose();
    await expect(readPackedModel(files, locate, 'x')).rejects.toMatchObject({ rule: 'symbolic-link' });
  });
});
