import {
  getBackend,
  KernelBackend,
  registerBackend,
  removeBackend,
  setBackend,
  tensor2d,
} from '@tensorflow/tfjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BackendCandidate } from '../backend/backend-candidate';
import { expectCloseArrays } from './close-arrays';

/**
 * What every backend candidate has to hold, as a vitest suite, whether or not it runs here: the tests of a
 * backend at work are skipped, with its reason, where it does not. The backend before is current again after.
 *
 * @example
 * describeBackendCandidate('cpu', () => cpu());
 */
export function describeBackendCandidate(name: string, makeCandidate: () => BackendCandidate): void {
  describe(`${name} as a backend candidate`, () => {
    const idle = `idle, before ${name}`;
    let before: string | undefined;

    beforeAll(() => {
      before = getBackend();
      registerBackend(idle, () => new IdleBackend());
    });
    // Current before each activation and able to compute nothing, so that a candidate that does nothing shows.
    beforeEach(async () => {
      await setBackend(idle);
    });
    afterAll(async () => {
      if (before) await setBackend(before);
      removeBackend(idle);
    });

    it('has a name', () => {
      expect(makeCandidate().name).not.toBe('');
    });

    it('activates and states facts, or throws an Error that says why in one line', async () => {
      const outcome = await activate(makeCandidate());
      expect(outcome.message).toMatch(/^\S.*$/);
      expect(outcome.message).not.toContain('[object ');
    });

    it('makes current a backend that multiplies matrices', async ({ skip }) => {
      const { activated, message } = await activate(makeCandidate());
      if (!activated) skip(message);
      await expectProduct(idle);
    });

    it('activates twice as well as once, and fails twice for the same reason', async () => {
      const candidate = makeCandidate();
      const first = await activate(candidate);
      expect(await activate(candidate)).toEqual(first);
      if (first.activated) await expectProduct(idle);
    });
  });
}

class IdleBackend extends KernelBackend {
  override dispose(): void {}
}

async function activate(candidate: BackendCandidate): Promise<{ activated: boolean; message: string }> {
  try {
    return { activated: true, message: await candidate.activate() };
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return { activated: false, message: (error as Error).message };
  }
}

async function expectProduct(idle: string): Promise<void> {
  expect(getBackend()).not.toBe(idle);
  const [left, right] = [
    tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tensor2d([
      [5, 6],
      [7, 8],
    ]),
  ];
  const product = left.matMul(right);
  expectCloseArrays(await product.data(), [19, 22, 43, 50]);
  for (const tensor of [left, right, product]) tensor.dispose();
}
