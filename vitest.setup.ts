import { setBackend } from '@tensorflow/tfjs';

// Runs before each file. They share one TensorFlow.js, so each has to begin on the same backend, whatever ran before.
await setBackend('cpu');
