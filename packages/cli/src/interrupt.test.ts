import { expect, test } from 'vitest';
import { withInterrupt } from './interrupt';
import { collector } from './testing/run-captured';

function startWork(options: { signal?: AbortSignal } = {}) {
  const stderr = collector();
  const exits: number[] = [];
  let time = 0;
  const listeners = process.listenerCount('SIGINT');
  const work = withInterrupt(
    { stdout: stderr.stream, stderr: stderr.stream, ...options },
    (signal) =>
      new Promise<string>((resolve) => {
        signal.addEventListener('abort', () => setTimeout(() => resolve('stopped'), 20));
      }),
    { exit: (code) => exits.push(code), now: () => time },
  );
  return {
    work,
    exits,
    stderr: stderr.text,
    listeners,
    press(at: number) {
      time = at;
      process.emit('SIGINT');
    },
  };
}

test('the first Ctrl-C asks the work to stop, and the handlers go away with it', async () => {
  const { work, press, exits, stderr, listeners } = startWork();
  press(0);
  expect(stderr()).toContain('Press Ctrl-C again');
  expect(await work).toBe('stopped');
  expect(exits).toEqual([]);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
});

test('a second Ctrl-C ends the process, but not one that was queued behind the same step', async () => {
  const { work, press, exits } = startWork();
  press(0);
  press(1);
  expect(exits).toEqual([]);
  press(1000);
  expect(exits).toEqual([130]);
  await work;
});

test('a signal from outside stops the work without a word about keys', async () => {
  const controller = new AbortController();
  const { work, stderr } = startWork({ signal: controller.signal });
  controller.abort();
  expect(await work).toBe('stopped');
  expect(stderr()).toBe('');
});
