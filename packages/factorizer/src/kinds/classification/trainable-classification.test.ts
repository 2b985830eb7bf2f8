import { setBackend } from '@tensorflow/tfjs';
import { beforeAll } from 'vitest';
import { describeTaskKind } from '../../conformance/describe-task-kind';
import { trainableClassification } from './trainable-classification';

beforeAll(() => setBackend('cpu'));

describeTaskKind('classification', trainableClassification, {
  task: { name: 'shape', type: 'classification', classes: ['circle', 'star', 'cube'] },
  labels: Int32Array.of(0, 1, 2, 1, -1),
  right: [30, 0, 0, 0, 30, 0, 0, 0, 30, 0, 30, 0, 0, 0, 0],
});
