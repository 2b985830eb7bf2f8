// The whole way in one command: npm run quickstart
import { fileURLToPath } from 'node:url';
import { runExample } from '@factornet/example-pipeline';
import {
  commonBackbone,
  specificBackbones,
  teacherDirectory,
  testData,
  trainData,
  training,
} from './settings';

await runExample(
  'quickstart',
  'From a pretrained network to assembled factor networks',
  (settings, { limit }) => ({
    title: 'factornet quickstart',
    teacherDirectory,
    train: trainData(limit),
    test: testData(limit && Math.ceil(limit / 8)),
    common: commonBackbone(),
    specific: specificBackbones(),
    ...training,
    scope: '@quickstart',
    outDirectory: fileURLToPath(new URL('out/', import.meta.url)),
    ...settings,
  }),
  (command) =>
    command.option(
      '--limit <count>',
      'draw so many training pictures, and an eighth as many to test on',
      Number,
    ),
);
