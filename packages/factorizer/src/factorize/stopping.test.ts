import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { adam } from '@factornet/core/training';
import { CancelledError, type FactornetError } from '@factornet/spec';
import { NonFiniteLossError } from '@factornet/spec/training';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObjectiveTerm } from '../objective/objective-term';
import { supervision } from '../objective/supervision';
import type { Teacher } from '../teacher/teacher';
import { tinyTeacher, weightBytes } from '../testing/tiny';
import { networksOf, tinyRun, tinyRunData } from '../testing/tiny-run';
import { fileCheckpoint } from '../training/file-checkpoint';
import { disposeFactorization, type Factorization } from './factorization';
import { factorize } from './factorize';
import type { FactorizeOptions } from './factorize-options';

let teacher: Teacher;
const directory = mkdtempSync(join(tmpdir(), 'factornet-stopping-'));
beforeAll(async () => {
  await useBackend('wasm');
  teacher = (await tinyTeacher(tinyRunData().tasks)).teacher;
});
afterAll(() => {
  teacher.dispose();
  rmSync(directory, { recursive: true });
});

type Change = Partial<FactorizeOptions<Teacher['tasks']>>;

/** Runs until it throws; gives the error and what `onStopped` received. */
async function stop(
  change: Change,
): Promise<{ error: unknown; partial: Factorization; bytes: Uint8Array[] }> {
  let partial: Factorization | undefined;
  let reason: FactornetError | undefined;
  const error = await factorize({
    ...tinyRun(teacher),
    ...change,
    onStopped(networks, why) {
      partial = networks;
      reason = why;
    },
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(reason).toBe(error);
  const bytes = await weightBytes(...networksOf(partial as Factorization));
  return { error, partial: partial as Factorization, bytes };
}

/** Aborts after that many steps. */
function abortAfter(steps: number): Pick<Change, 'signal' | 'onProgress'> {
  const controller = new AbortController();
  let taken = 0;
  return {
    signal: controller.signal,
    onProgress: (event) => {
      if (event.type === 'step' && ++taken === steps) controller.abort();
    },
  };
}

async function finish(change: Change) {
  const result = await factorize({ ...tinyRun(teacher), ...change });
  const bytes = await weightBytes(...networksOf(result));
  disposeFactorization(result);
  return { bytes, history: result.history, information: result.informationPerDimension };
}

/** Gives supervision's value until a step, then NaN. */
function turnsToNaN(fromStep: number): ObjectiveTerm {
  const term = supervision();
  return {
    ...term,
    name: 'fragile',
    prepare: (request) => {
      const running = term.prepare(request);
      let step = 0;
      return {
        ...running,
        evaluate: (pass) => running.evaluate(pass).mul(++step < fromStep ? 1 : Number.NaN),
      };
    },
  };
}

describe('a factorization that is stopped', () => {
  it('throws CancelledError and hands out usable networks', async () => {
    const before = memory().numTensors;
    const { error, partial, bytes } = await stop(abortAfter(2));
    expect(error).toSatisfy(CancelledError.isInstance);
    expect(error).toMatchObject({ operation: 'factorize' });
    const start = await finish({ epochs: 0, pruneBelow: 0 });
    expect(bytes).not.toEqual(start.bytes);
    expect(partial.common.description.features.shape).toEqual([6]);
    expectFinite(bytes);
    disposeFactorization(partial);
    expect(memory().numTensors).toBe(before);
  });

  it('releases the networks when nobody asks for them', async () => {
    const before = memory().numTensors;
    await expect(factorize({ ...tinyRun(teacher), ...abortAfter(1) })).rejects.toSatisfy(
      CancelledError.isInstance,
    );
    await expect(factorize({ ...tinyRun(teacher), signal: AbortSignal.abort() })).rejects.toSatisfy(
      CancelledError.isInstance,
    );
    expect(memory().numTensors).toBe(before);
  });

  it.each([1, 4])(
    'goes on from its checkpoint, bit by bit as if there had been no stop (step %i)',
    async (steps) => {
      const checkpoint = fileCheckpoint(join(directory, `run-${steps}.safetensors`));
      const { partial } = await stop({ checkpoint: () => checkpoint, ...abortAfter(steps) });
      disposeFactorization(partial);
      const resumed: string[] = [];
      const end = await finish({
        checkpoint: () => checkpoint,
        onProgress: (event) => {
          if (event.type === 'step') resumed.push(`${event.epoch}.${event.step}`);
        },
      });
      expect(resumed).toEqual(['1.1', '1.2', '1.3', '2.1', '2.2', '2.3'].slice(steps));
      expect(end).toEqual(await finish({}));
      // Complete now: asked again it answers at once.
      expect(await finish({ checkpoint: () => checkpoint })).toEqual(end);
    },
  );

  it('does not go on from the checkpoint of another run', async () => {
    const checkpoint = fileCheckpoint(join(directory, 'other.safetensors'));
    await finish({ checkpoint: () => checkpoint, epochs: 1, seed: 1 });
    expect(await finish({ checkpoint: () => checkpoint, epochs: 1, seed: 2 })).toEqual(
      await finish({ epochs: 1, seed: 2 }),
    );
  });

  it('keeps a damaged checkpoint for the user to look at and says to delete it', async () => {
    const path = join(directory, 'damaged.safetensors');
    await finish({ checkpoint: () => fileCheckpoint(path), epochs: 1 });
    truncateSync(path, 1000);
    const before = memory().numTensors;
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(finish({ checkpoint: () => fileCheckpoint(path), epochs: 1 })).rejects.toMatchObject({
        code: 'integrity',
        path,
        hint: expect.stringContaining('delete the file'),
      });
    }
    expect(readdirSync(directory)).toContain('damaged.safetensors');
    expect(memory().numTensors).toBe(before);
  });
});

describe('a factorization that diverges', () => {
  it('names the term and the step, and keeps the weights of the step before', async () => {
    const { error, partial, bytes } = await stop({ objective: [turnsToNaN(3)] });
    expect(error).toSatisfy(NonFiniteLossError.isInstance);
    expect(error).toMatchObject({ term: 'fragile', epoch: 1, step: 3, value: Number.NaN });
    const good = await stop({ objective: [{ ...supervision(), name: 'fragile' }], ...abortAfter(2) });
    expect(bytes).toEqual(good.bytes);
    disposeFactorization(partial);
    disposeFactorization(good.partial);
  });

  it('stops at a learning rate far too high with finite weights and statistics', async () => {
    const { error, partial, bytes } = await stop({ optimizer: adam({ learningRate: 1e30 }) });
    expect(error).toSatisfy(NonFiniteLossError.isInstance);
    expect(error).toMatchObject({ hint: expect.stringContaining('lower learning rate') });
    expectFinite(bytes);
    disposeFactorization(partial);
  });
});

function expectFinite(bytes: readonly Uint8Array[]): void {
  for (const one of bytes) expect(new Float32Array(one.buffer).every(Number.isFinite)).toBe(true);
}
