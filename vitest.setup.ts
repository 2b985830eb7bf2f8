import { expect } from 'vitest';

// Runs before each file. They share one TensorFlow.js, so each has to begin on the same backend, whatever ran before.
// What knows nothing of it need not wait until it is loaded.
const { testPath = '' } = expect.getState();
if (!/[\\/](packages[\\/]spec|examples[\\/]readmes|scripts)[\\/]/.test(testPath)) {
  const { setBackend } = await import('@tensorflow/tfjs');
  await setBackend('cpu');
}
