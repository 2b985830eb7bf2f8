import { cp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePictureFolder } from './testing/picture-folder';
import { type CapturedRun, runCaptured } from './testing/run-captured';
import { type TinyPipeline, tiny, tinyData, tinyPipeline } from './testing/tiny-pipeline';

let pipeline: TinyPipeline;
let shape: string[];
beforeAll(async () => {
  pipeline = await tinyPipeline();
  for (const step of [pipeline.train, pipeline.factorize, () => pipeline.pack()]) {
    const { exitCode, stderr } = await step();
    expect(exitCode, stderr).toBe(0);
  }
  shape = ['tiny-common', 'tiny-shape'].map((name) => pipeline.path('packages', name));
});
afterAll(() => pipeline.remove());

/** Expects the error on stderr for people and, with `--json`, as data on stdout. */
async function expectRefusal(
  argv: readonly string[],
  { exitCode, code, message }: { exitCode: number; code: string; message: RegExp },
): Promise<CapturedRun> {
  const told = await runCaptured([...argv, '--json']);
  expect(told.exitCode, told.stderr).toBe(exitCode);
  const { error } = told.json<{ error: { code: string; message: string; hint: string | null } }>();
  expect(error.code).toBe(code);
  expect(`${error.message} ${error.hint}`).toMatch(message);
  expect(told.stderr).not.toMatch(/^\s+at /m);
  return told;
}

test('a picture of the wrong shape, with what to do about it', async () => {
  const file = pipeline.path('wide.png');
  await sharp({ create: { width: 24, height: 20, channels: 3, background: 'red' } })
    .png()
    .toFile(file);
  await expectRefusal(['predict', ...shape, '--image', file], {
    exitCode: 3,
    code: 'shape-mismatch',
    message: /\[20, 20, 3\].*\[20, 24, 3\].*--resize/s,
  });
  const resized = await runCaptured(['predict', ...shape, '--image', file, '--resize']);
  expect(resized.exitCode, resized.stderr).toBe(0);
});

test('data of another picture size than the teacher was trained on', async () => {
  await expectRefusal(
    [
      'factorize',
      '--teacher',
      pipeline.path('teacher'),
      '--data',
      'shapes:size=64,image-size=24',
      '--out',
      pipeline.path('x'),
      ...tiny,
    ],
    { exitCode: 3, code: 'shape-mismatch', message: /\[\*, 20, 20, 3\]/ },
  );
});

test('a truncated and a changed weight file, by name and digest', async () => {
  const damaged = pipeline.path('damaged');
  await cp(pipeline.path('out', 'common'), damaged, { recursive: true });
  const file = `${damaged}/common.weights.bin`;
  const bytes = await readFile(file);
  bytes[0] = (bytes[0] as number) ^ 1;
  await writeFile(file, bytes);
  const refusal = { exitCode: 3, code: 'integrity', message: /common\.weights\.bin.*sha512-.*sha512-/ };
  await expectRefusal(['inspect', damaged], refusal);
  await truncate(file, 10);
  await expectRefusal(['inspect', damaged], { ...refusal, message: /common\.weights\.bin.*found 10 bytes/ });
});

test('a factorization of which one network is damaged', async () => {
  const damaged = pipeline.path('damaged-factorization');
  await cp(pipeline.path('out'), damaged, { recursive: true });
  await truncate(`${damaged}/factors/size/head.weights.bin`, 10);
  const message = /head\.weights\.bin.*found 10 bytes/;
  await expectRefusal(['inspect', damaged], { exitCode: 3, code: 'integrity', message });
});

test('a folder that holds nothing of ours', async () => {
  await expectRefusal(['inspect', pipeline.path('nowhere')], {
    exitCode: 3,
    code: 'missing-file',
    message: /nowhere.*folder of a teacher/,
  });
  await expectRefusal(['train', '--data', pipeline.path('nowhere'), '--out', pipeline.path('x')], {
    exitCode: 3,
    code: 'missing-file',
    message: /one sub-folder of JPEG or PNG pictures per class/,
  });
});

test('a manifest of a newer specification', async () => {
  const folder = await changedPackage('newer', (manifest) => ({ ...manifest, spec: 2 }));
  await expectRefusal(['assemble', shape[0] as string, folder], {
    exitCode: 3,
    code: 'newer-spec',
    message: /version 2.*Update @factornet/s,
  });
});

test('a factor of another common-knowledge network, with both packages and versions', async () => {
  const folder = await changedPackage('stranger', (manifest) => ({
    ...manifest,
    common: { ...(manifest.common as object), range: '^2.0.0' },
  }));
  const refusal = {
    exitCode: 4,
    code: 'incompatible-common',
    message: /tiny-shape@1\.0\.0.*tiny-common@\^2\.0\.0.*tiny-common@1\.0\.0.*npm install/s,
  };
  await expectRefusal(['assemble', shape[0] as string, folder], refusal);
  await expectRefusal(['predict', shape[0] as string, folder, '--image', 'any.png'], refusal);
});

test('the same task twice', async () => {
  await expectRefusal(['assemble', ...shape, shape[1] as string], {
    exitCode: 4,
    code: 'duplicate-task',
    message: /"shape"/,
  });
});

test('a tap that the teacher does not have', async () => {
  await expectRefusal(
    [
      'factorize',
      '--teacher',
      pipeline.path('teacher'),
      '--data',
      tinyData,
      '--out',
      pipeline.path('x'),
      '--tap',
      'block-9',
      ...tiny,
    ],
    { exitCode: 2, code: 'missing-tap', message: /"block-9".*teacher\/pooling/s },
  );
});

test('a task that nobody knows', async () => {
  await expectRefusal(
    [
      'factorize',
      '--common',
      pipeline.path('out', 'common'),
      '--task',
      'age',
      '--data',
      tinyData,
      '--out',
      pipeline.path('x'),
      ...tiny,
    ],
    { exitCode: 2, code: 'unknown-task', message: /"age".*"shape"/s },
  );
});

test('NaN in training: names the term and keeps finite weights', async () => {
  const out = pipeline.path('diverged');
  await expectRefusal(
    [
      'train',
      '--data',
      tinyData,
      '--out',
      out,
      '--filters',
      '4,8',
      ...tiny,
      '--epochs',
      '8',
      '--learning-rate',
      '1e38',
    ],
    {
      exitCode: 5,
      code: 'non-finite-loss',
      message: /epoch \d+, step \d+: the term ".+" became .*--learning-rate/s,
    },
  );
});

test('NaN while factorizing: the last good weights are there and load', async () => {
  const out = pipeline.path('diverged-factors');
  const args = ['--teacher', pipeline.path('teacher'), '--data', tinyData, '--out', out, ...tiny];
  const small = ['--common-filters', '4', '--specific-filters', '4', '--features', '8'];
  await expectRefusal(['factorize', ...args, ...small, '--epochs', '8', '--learning-rate', '1e38'], {
    exitCode: 5,
    code: 'non-finite-loss',
    message: /the term ".+" became .*partial/s,
  });
  const { exitCode, stderr } = await runCaptured(['inspect', `${out}/partial/common`]);
  expect(exitCode, stderr).toBe(0);
});

test('pictures of a class that the teacher does not know', async () => {
  // A teacher of three classes, and pictures of four: the fourth has no place in the teacher.
  const teacher = await writePictureFolder(pipeline.path('three'), ['blue', 'green', 'red']);
  const trained = await runCaptured([
    'train',
    '--data',
    teacher,
    '--out',
    pipeline.path('three-teacher'),
    '--filters',
    '4',
    ...tiny,
  ]);
  expect(trained.exitCode, trained.stderr).toBe(0);
  const data = await writePictureFolder(pipeline.path('four'), ['blue', 'green', 'red', 'white']);
  const args = ['--teacher', pipeline.path('three-teacher'), '--data', data, '--out', pipeline.path('x')];
  await expectRefusal(['factorize', ...args, ...tiny], {
    exitCode: 2,
    code: 'invalid-option',
    message: /task "class" only \("blue", "green", "red"\), but is \["white"\]/,
  });
});

test('groups of a teacher with several tasks, without the task they divide', async () => {
  const args = ['--teacher', pipeline.path('teacher'), '--data', tinyData, '--out', pipeline.path('x')];
  await expectRefusal(['factorize', ...args, '--group', 'round=circle,star', ...tiny], {
    exitCode: 2,
    code: 'invalid-option',
    message: /--group-task.*shape, object-hue, size, background-hue/,
  });
});

test('cancellation, with the state kept, from where the same command goes on', async () => {
  const out = pipeline.path('cancelled');
  const args = ['train', '--data', tinyData, '--out', out, '--filters', '4', ...tiny];
  const { exitCode, stderr } = await runCaptured(args, { signal: AbortSignal.abort() });
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/cancelled.*checkpoint\.safetensors: the same command goes on/s);
  expect(await readdir(out)).toEqual(['checkpoint.safetensors']);
  expect((await runCaptured(args)).exitCode).toBe(0);
  expect(await readdir(out)).not.toContain('checkpoint.safetensors');
});

async function changedPackage(
  name: string,
  change: (manifest: Record<string, unknown>) => object,
): Promise<string> {
  const folder = pipeline.path(name);
  await cp(shape[1] as string, folder, { recursive: true });
  const description = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  description.factornet = change(description.factornet);
  await writeFile(`${folder}/package.json`, JSON.stringify(description));
  return folder;
}
