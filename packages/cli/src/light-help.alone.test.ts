import { expect, test, vi } from 'vitest';

vi.mock('@tensorflow/tfjs', () => {
  throw new Error('TensorFlow.js was loaded.');
});

// Whoever asks for help, or mistypes, does not wait for TensorFlow.js.
test.each([
  ['--help', 0],
  ['train --help', 0],
  ['factorize --help', 0],
  ['mi --help', 0],
  ['--version', 0],
  ['train --epochs many', 2],
])('factornet %s loads no TensorFlow.js', async (line, exitCode) => {
  const { runCaptured } = await import('./testing/run-captured');
  expect((await runCaptured(line.split(' '))).exitCode).toBe(exitCode);
});
