// Trains the teacher that this example carries: pnpm --filter @factornet/example-quickstart train-teacher
import { useBackend } from '@factornet/core';
import { adamW } from '@factornet/core/training';
import { trainExampleTeacher } from '@factornet/example-pipeline';
import { input, seed, teacherBackbone, teacherData, teacherDirectory, testData } from './settings';

await useBackend('wasm');
await trainExampleTeacher(teacherDirectory, {
  name: 'shapes',
  backbone: teacherBackbone(),
  input,
  data: teacherData(),
  test: testData(),
  taps: ['teacher/block-2/relu', 'teacher/block-3/relu', 'teacher/features'],
  epochs: 5,
  batchSize: 64,
  seed,
  optimizer: adamW({ learningRate: 3e-3, weightDecay: 0.01 }),
  command: 'pnpm --filter @factornet/example-quickstart train-teacher',
});
