import { expect, test } from 'vitest';
import { runCaptured } from './testing/run-captured';

const commands = [
  ...['doctor', 'train', 'factorize', 'pack', 'assemble', 'predict', 'inspect', 'evaluate'],
  ...['mi', 'metrics'],
];

test('the help of the command lists all commands and exit codes, and ends with an example', async () => {
  const { exitCode, stdout, stderr } = await runCaptured(['--help']);
  expect([exitCode, stderr]).toEqual([0, '']);
  for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  for (const code of [0, 1, 2, 3, 4, 5, 130]) expect(stdout).toMatch(new RegExp(`^ {2}${code} +\\w`, 'm'));
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^ {2}\$ factornet /);
});

test.each(commands)('the help of %s ends with an example and shows --json', async (command) => {
  const { exitCode, stdout } = await runCaptured([command, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('--json');
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^ {2}\\$ factornet ${command}`));
});

test('--version is the package’s', async () => {
  for (const flag of ['--version', '-V']) {
    expect((await runCaptured([flag])).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  }
});

test.each([
  [['train', '--out', 'x'], /--data/],
  [['train', '--data', 'shapes', '--out', 'x', '--epochs', '0'], /--epochs.*at least 1/],
  [
    ['train', '--data', 'shapes', '--out', 'x', '--holdout', '0.1', '--test-data', 'shapes'],
    /cannot be used/,
  ],
  [['factorize', '--data', 'shapes', '--out', 'x'], /--teacher/],
  [['factorize', '--data', 'shapes', '--out', 'x', '--common', 'y'], /--common and --task go together/],
  [['evaluate', '--teacher', 'x', '--data', 'shapes'], /packages or .*--bricks/],
  [['mi'], /missing required argument 'file'/],
  [['metrics', 'codes.npz', '--metric', 'mig,'], /names with commas between/],
  [['doctor', '--backend', 'gpu'], /auto, tensorflow, webgpu, wasm, cpu/],
  [['dcotor'], /doctor/],
  [[], /Usage/],
])('%j is wrong usage', async (argv, message) => {
  const { exitCode, stdout, stderr } = await runCaptured(argv);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
});

test('wrong usage is one JSON object too, where JSON is asked for', async () => {
  const { exitCode, json } = await runCaptured(['train', '--json']);
  expect(exitCode).toBe(2);
  expect(json()).toEqual({
    error: {
      code: 'usage',
      message: expect.stringContaining('--data'),
      hint: 'See factornet train --help for usage and an example.',
    },
  });
});

test.each([
  [['pack', 'out'], 'See factornet pack --help for usage and an example.'],
  [['--backend', 'cpu', 'mi'], 'See factornet mi --help for usage and an example.'],
  [['dcotor'], 'See factornet --help for usage and an example.'],
])('after %j it says whose help to see', async (argv, expected) => {
  expect((await runCaptured(argv)).stderr.trim().split('\n').at(-1)?.trim()).toBe(expected);
});

test('the help of a command says which options are required', async () => {
  const { stdout } = await runCaptured(['pack', '--help']);
  const words = stdout.replaceAll(/\s+/g, ' ');
  expect(words).toContain('packages are named NAME-common and NAME-<task> (required)');
  expect(words).toContain('npm scope, e.g. @me --version');
  expect((await runCaptured(['publish', '--help'])).stdout).not.toContain('(required)');
});

test('doctor tries every backend by itself and says why one does not run', async () => {
  const { exitCode, json } = await runCaptured(['doctor', '--json']);
  expect(exitCode).toBe(0);
  const told = json<{ chosen: string; backends: { name: string; runs: boolean; detail: string }[] }>();
  expect(told.backends.map(({ name }) => name)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu']);
  expect(told.backends.find(({ name }) => name === 'cpu')).toMatchObject({ runs: true, trains: true });
  expect(told.backends.find(({ name }) => name === 'wasm')).toMatchObject({ runs: true, trains: true });
  for (const { detail } of told.backends) expect(detail).not.toBe('');
  expect(told).toMatchObject({ node: process.versions.node, advice: expect.any(Array) });
});
