import {
  getBackend,
  type KernelBackend,
  ready,
  registerBackend,
  removeBackend,
  setBackend,
  tensor1d,
} from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { select } from './select';

const name = 'slow';

beforeEach(async () => {
  await setBackend('cpu');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  removeBackend(name);
  await setBackend('cpu');
});

/** Others compute, and TensorFlow.js waits for nothing. */
async function expectUsable(): Promise<void> {
  await setBackend('cpu');
  await ready();
  expect(Array.from(await tensor1d([1, 2]).add(1).data())).toEqual([2, 3]);
  expect(getBackend()).toBe('cpu');
}

describe('select', () => {
  it('does not wait forever for a backend that never gets ready, and leaves others usable', async () => {
    registerBackend(name, () => new Promise<KernelBackend>(() => {}));
    vi.useFakeTimers();
    const selected = expect(select(name)).rejects.toThrow('not ready after 30 seconds');
    await vi.advanceTimersByTimeAsync(30_000);
    await selected;
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    await expectUsable();
  });

  it('does not wait for worker threads that fail, and hears of no other error', async () => {
    registerBackend(name, () => new Promise<KernelBackend>(() => {}));
    const page = new EventTarget();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    const happens = (error: unknown) => page.dispatchEvent(Object.assign(new Event('error'), { error }));
    const selected = select(name, true);
    happens(new Error('of somebody else'));
    // As Emscripten throws it.
    happens(new Event('error'));
    await expect(selected).rejects.toThrow('its worker threads fail');
    await expectUsable();
  });

  it('can be tried again after a failure', async () => {
    let attempts = 0;
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    registerBackend(name, async () => {
      attempts++;
      throw new Error('not today');
    });
    for (const attempt of [1, 2]) {
      await expect(select(name)).rejects.toThrow('TensorFlow.js could not initialize it');
      expect(attempts).toBe(attempt);
    }
    vi.restoreAllMocks();
    await expectUsable();
  });
});
