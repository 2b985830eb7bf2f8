import type { ProgressEvent } from '@factornet/factorizer';
import { expect, test } from 'vitest';
import { collector } from '../testing/run-captured';
import { createProgressReporter, explainProgress } from './progress';

const step = (number: number): ProgressEvent => ({
  type: 'step',
  stage: 'training',
  epoch: 2,
  epochs: 10,
  step: number,
  stepsPerEpoch: 62,
  loss: 1.23456,
  terms: { supervision: 0.5, bottleneck: 12.25 },
  learningRate: 1e-3,
  secondsLeft: 75,
});

const epoch: ProgressEvent = {
  type: 'epoch',
  stage: 'training',
  epoch: 2,
  epochs: 10,
  loss: 1,
  terms: {},
  secondsLeft: 60,
};

test('names epoch, step and every term', () => {
  expect(explainProgress(step(31))).toBe(
    'epoch 2/10 · step 31/62 · loss 1.235 · supervision 0.5000 · bottleneck 12.25',
  );
});

test('names the network, and which of how many it is', () => {
  const event = { ...step(1), network: 'size' } as ProgressEvent;
  expect(explainProgress(event, ['common', 'shape', 'size'])).toMatch(/^size \(3 of 3\) · epoch 2\/10 · /);
  const { stream, text } = collector();
  const { onProgress } = createProgressReporter({ stream, networks: ['common', 'shape', 'size'] });
  for (const network of ['common', 'shape']) onProgress({ ...epoch, network } as ProgressEvent);
  const lines = text().trimEnd().split('\n');
  expect(lines[0]).toMatch(/^common \(1 of 3\).* · 1 min 00 s left$/);
  expect(lines[1]).toMatch(/^shape \(2 of 3\).* · 1 min 00 s left, 2 min 00 s in all$/);
});

test('without a terminal: a line at most every few seconds, and always one per epoch', () => {
  const { stream, text } = collector();
  let time = 0;
  const { onProgress, stop } = createProgressReporter({ stream, interval: 5, now: () => time });
  for (let second = 0; second <= 12; second++) {
    time = second * 1000;
    onProgress(step(second + 1));
  }
  onProgress({ type: 'note', stage: 'teacher', message: 'answers anew' });
  onProgress(epoch);
  stop();
  expect(text().trimEnd().split('\n')).toEqual([
    expect.stringContaining('step 1/62'),
    expect.stringContaining('step 6/62'),
    expect.stringContaining('step 11/62'),
    'answers anew',
    expect.stringContaining('epoch 2/10 done'),
  ]);
  expect(text()).toContain('1 min 15 s left');
});

test('on a terminal: a bar per stage', () => {
  const { stream, text } = collector();
  // What cli-progress asks of a terminal, besides writing.
  const terminal = Object.assign(stream, {
    isTTY: true,
    columns: 120,
    cursorTo() {},
    clearLine() {},
    moveCursor() {},
  });
  const { onProgress, stop } = createProgressReporter({ stream: terminal });
  onProgress({ type: 'advance', stage: 'teacher', done: 50, total: 100, secondsLeft: 3 });
  onProgress({ type: 'note', stage: 'teacher', message: 'answers anew' });
  onProgress(step(62));
  stop();
  expect(text()).toContain('50% · 3 s left · asking the teacher: 50/100 examples');
  expect(text()).toContain('answers anew\n');
  expect(text()).toContain('20% · 1 min 15 s left · epoch 2/10');
});
