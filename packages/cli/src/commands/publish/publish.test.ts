import { appendFile, cp } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runCaptured } from '../../testing/run-captured';
import { type TinyPipeline, tinyPipeline } from '../../testing/tiny-pipeline';

// What is refused before npm is asked anything; the rest is in publish.slow.test.ts, against a real registry.

let pipeline: TinyPipeline;
const backend = ['--backend', 'wasm'];
const common = () => pipeline.path('packages', 'tiny-common');

beforeAll(async () => {
  pipeline = await tinyPipeline();
  for (const step of [pipeline.train, pipeline.factorize, () => pipeline.pack('--scope', '@me')]) {
    const { exitCode, stderr } = await step();
    expect(exitCode, stderr).toBe(0);
  }
  // Were npm asked after all, there would be none.
  vi.stubEnv('PATH', pipeline.path('nowhere'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await pipeline.remove();
});

test.each(['--name', '--out'])('a factorization needs %s, as for pack', async (flag) => {
  const given = ['--name', 'tiny', '--out', pipeline.path('x')];
  given.splice(given.indexOf(flag), 2);
  const { exitCode, stderr } = await runCaptured(['publish', pipeline.path('out'), ...given, ...backend]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(new RegExp(`Error: ${flag} must be given, since .*out is not packed yet`));
});

test.each([
  [['--dtype', 'uint8'], '--dtype'],
  [['--license', 'MIT'], '--license'],
  [['--repository', 'me/models'], '--repository'],
  [['--common-range', '^1.0.0'], '--common-range'],
])('packages that are packed already take no %j', async (flags, named) => {
  const { exitCode, stderr } = await runCaptured(['publish', common(), ...flags, ...backend]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    new RegExp(`Error: ${named} must be left out, since .*tiny-common is packed already`),
  );
});

test('nothing is published unless everything passes verification', async () => {
  const tampered = pipeline.path('tampered');
  await cp(pipeline.path('packages', 'tiny-shape'), tampered, { recursive: true });
  await appendFile(`${tampered}/index.js`, '// more\n');
  const { exitCode, stderr } = await runCaptured(['publish', tampered, common(), ...backend]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('Verified @me/tiny-common@1.0.0 on wasm');
  expect(stderr).toContain('(generated-module)');
});

test('a factor that states no leakage, or more than may be, is not published with --max-leakage', async () => {
  const limited = ['publish', common(), pipeline.path('packages', 'tiny-shape'), '--max-leakage', '0.1'];
  const { exitCode, stderr } = await runCaptured([...limited, '--dry-run', ...backend]);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/@me\/tiny-shape@1\.0\.0 does not state what a kernel probe reads of other tasks/);
  expect(stderr).toContain('evaluate --bricks');
  expect(stderr).not.toContain('Verified');
  const wrong = await runCaptured(['publish', common(), '--max-leakage', 'low', ...backend]);
  expect(wrong.exitCode).toBe(2);
  const unlimited = await runCaptured(['publish', common(), '--max-leakage-probe', 'linear', ...backend]);
  expect(unlimited.exitCode).toBe(2);
  expect(unlimited.stderr).toContain('given with --max-leakage');
});

test('an ordinary folder is no package', async () => {
  const { exitCode, stderr } = await runCaptured(['publish', pipeline.path('teacher'), ...backend]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('package.json');
});
