import { expect } from 'vitest';

// Runs before each file. They share one TensorFlow.js, so each has to begin on the same backend, whatever ran before.
// What knows nothing of it need not wait until it is loaded.
const { testPath = '' } = expect.getState();
if (!/[\\/](packages[\\/]spec|examples[\\/]readmes|scripts)[\\/]/.test(testPath)) {
  const { env, setBackend } = await import('@tensorflow/tfjs');
  // It recommends its native addon otherwise. IS_TEST would take a weight that another backend had for a leak.
  env().set('PROD', true);
  await setBackend('cpu');
}
