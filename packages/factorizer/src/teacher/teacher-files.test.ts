import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectNoLeak } from '@factornet/core/testing';
import { SPEC_VERSION } from '@factornet/spec';
import { setBackend } from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tinyData, tinyInput, tinyTaps, tinyTeacherModel, weightBytes } from '../testing/tiny';
import { layersTeacher } from './layers-teacher';
import { readTeacher, readTeacherManifest, writeTeacher } from './teacher-files';

beforeAll(() => setBackend('cpu'));

const { tasks } = tinyData(1);
const description = {
  name: 'tiny',
  input: tinyInput,
  tasks: [...tasks],
  taps: [...tinyTaps],
  accuracy: { shape: 0.5 },
  data: 'shapes',
  command: 'none',
  seed: 3,
};

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'factornet-teacher-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function write() {
  const model = tinyTeacherModel(tasks);
  const manifest = await writeTeacher(directory, model, description);
  const digest = (await layersTeacher({ model, ...description })).digest;
  const bytes = await weightBytes(model);
  const parameters = model.countParams();
  model.dispose();
  return { manifest, digest, bytes, parameters };
}

function editManifest(change: (manifest: Record<string, unknown>) => void): void {
  const path = join(directory, 'teacher.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  change(manifest);
  writeFileSync(path, JSON.stringify(manifest));
}

describe('writeTeacher and readTeacher', () => {
  it('are inverses: description, digest and every weight', async () => {
    const written = await write();
    expect(written.manifest).toMatchObject({
      ...description,
      kind: 'teacher',
      parameters: written.parameters,
    });
    const { teacher, manifest } = await readTeacher(directory);
    expect(manifest).toEqual(written.manifest);
    expect(teacher.digest).toBe(written.digest);
    expect(teacher).toMatchObject({ name: 'tiny', input: tinyInput, tasks, taps: tinyTaps });
    expect(await readTeacherManifest(directory)).toEqual(manifest);
    teacher.dispose();
  });

  it('can be read with other taps', async () => {
    await write();
    const { teacher } = await readTeacher(directory, { taps: ['teacher/block-2/relu'] });
    expect(teacher.tapShapes).toEqual({ 'teacher/block-2/relu': [5, 5, 6] });
    teacher.dispose();
    await expect(readTeacher(directory, { taps: ['none'] })).rejects.toMatchObject({ code: 'missing-tap' });
  });

  it('refuse truncated weights and name the file', async () => {
    const { manifest } = await write();
    const path = join(directory, manifest.model.weights.path);
    writeFileSync(path, readFileSync(path).subarray(0, 100));
    await expect(readTeacher(directory)).rejects.toMatchObject({
      code: 'integrity',
      path: expect.stringContaining(manifest.model.weights.path),
      received: '100 bytes',
    });
  });

  it('refuse weights with one bit changed', async () => {
    const { manifest } = await write();
    const path = join(directory, manifest.model.weights.path);
    const bytes = readFileSync(path);
    bytes[17] = (bytes[17] as number) ^ 1;
    writeFileSync(path, bytes);
    await expect(readTeacher(directory)).rejects.toMatchObject({
      code: 'integrity',
      expected: manifest.model.weights.integrity,
    });
  });

  it('say which file is missing', async () => {
    await expect(readTeacher(directory)).rejects.toMatchObject({
      code: 'missing-file',
      path: join(directory, 'teacher.json'),
    });
    const { manifest } = await write();
    await rm(join(directory, manifest.model.weights.path));
    await expect(readTeacher(directory)).rejects.toMatchObject({
      code: 'missing-file',
      path: expect.stringContaining(manifest.model.weights.path),
    });
  });

  it('refuse a newer specification, text that is no JSON, and a manifest of the wrong form', async () => {
    await write();
    editManifest((manifest) => {
      manifest.spec = SPEC_VERSION + 1;
    });
    await expect(readTeacher(directory)).rejects.toMatchObject({
      code: 'newer-spec',
      version: SPEC_VERSION + 1,
    });
    editManifest((manifest) => {
      manifest.spec = SPEC_VERSION;
      manifest.tasks = [];
    });
    await expect(readTeacher(directory)).rejects.toMatchObject({ code: 'invalid-manifest' });
    writeFileSync(join(directory, 'teacher.json'), '{ "spec": 1,');
    await expect(readTeacher(directory)).rejects.toMatchObject({
      code: 'invalid-manifest',
      issues: [expect.stringContaining('not JSON')],
    });
  });

  it('leave no tensor behind', async () => {
    await write();
    await expectNoLeak(async () => (await readTeacher(directory)).teacher.dispose());
    await expectNoLeak(() => readTeacher(directory, { taps: ['none'] }).catch(() => {}));
  });
});
