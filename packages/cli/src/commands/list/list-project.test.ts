import {
  digest,
  type SampleProject,
  sampleCommon,
  sampleFactor,
  sampleProject,
} from '@factornet/registry/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCaptured } from '../../testing/run-captured';

let project: SampleProject;
const names = ['@me/ckn', '@me/shape', '@me/hue', '@me/age', 'broken', 'absent'];

beforeEach(async () => {
  project = await sampleProject({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
});
afterEach(() => project.remove());

const list = (...more: string[]) => runCaptured(['list', project.directory, ...more]);

test('shows tasks, classes and sizes, and what does not fit', async () => {
  await project.place(sampleCommon());
  await project.place(sampleFactor('shape', { accuracy: 0.9 }));
  await project.place(sampleFactor('hue', { representation: digest('z') }));
  await project.place(sampleFactor('age', { common: '@them/ckn' }));
  await project.write('node_modules/broken/package.json', {
    name: 'broken',
    version: '1.0.0',
    factornet: { spec: 1 },
  });
  const { exitCode, json } = await list('--json');
  expect(exitCode).toBe(0);
  expect(json()).toMatchObject({
    directory: project.directory,
    groups: [
      {
        name: '@me/ckn',
        version: '1.0.0',
        bytes: 4800,
        conflicts: [{ kind: 'incompatible-common', factor: '@me/hue@1.0.0' }],
        factors: [
          { name: '@me/hue', task: 'hue', accuracy: null },
          {
            name: '@me/shape',
            task: 'shape',
            classes: ['yes', 'no'],
            needs: '@me/ckn@^1.0.0',
            accuracy: 0.9,
          },
        ],
      },
      { name: '@them/ckn', version: null, tasks: ['age'], bytes: null },
    ],
    broken: [{ name: 'broken', code: 'invalid-manifest' }],
    missing: ['absent'],
  });
  const { stdout } = await list();
  expect(stdout).toMatch(/@me\/shape@1\.0\.0 .*yes, no.*400 B.*0\.900.*yes/);
  expect(stdout).toMatch(/@me\/hue@1\.0\.0 .*no/);
  expect(stdout).toMatch(/Conflict: @me\/hue@1\.0\.0 was made for/);
  expect(stdout).toContain('@them/ckn is not installed. Add it: factornet add @them/ckn@^1.0.0');
  expect(stdout).toContain('2 common networks');
  expect(stdout).toContain('Broken: broken: ');
  expect(stdout).toContain('Not installed yet: absent.');
});

test('says what to do where there is nothing', async () => {
  const { exitCode, stdout } = await list();
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/No packages of knowledge.*factornet plan --tasks.*factornet add/s);
});

test('refuses a folder without a project', async () => {
  const { exitCode, stderr } = await runCaptured(['list', '/']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('npm init -y');
});
