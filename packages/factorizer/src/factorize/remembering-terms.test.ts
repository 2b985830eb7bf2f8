import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { type CriticEstimator, clubSample, infoNCE, mine, tuba } from '@factornet/mi';
import { CancelledError } from '@factornet/spec';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bottleneck } from '../objective/bottleneck';
import { commonDistillation } from '../objective/common-distillation';
import { commonInformation } from '../objective/common-information';
import type { ObjectiveTerm } from '../objective/objective-term';
import { rateTarget } from '../objective/rate-target';
import { supervision } from '../objective/supervision';
import { warmedUp } from '../objective/warmed-up';
import type { Teacher } from '../teacher/teacher';
import { tinyTeacher, weightBytes } from '../testing/tiny';
import { networksOf, tinyRun, tinyRunData } from '../testing/tiny-run';
import type { CheckpointStore } from '../training/checkpoint';
import { fileCheckpoint } from '../training/file-checkpoint';
import { disposeFactorization } from './factorization';
import { factorize } from './factorize';
import type { FactorizeOptions } from './factorize-options';

let teacher: Teacher;
const directory = mkdtempSync(join(tmpdir(), 'factornet-remembering-'));
beforeAll(async () => {
  await useBackend('wasm');
  teacher = (await tinyTeacher(tinyRunData().tasks)).teacher;
});
afterAll(() => {
  teacher.dispose();
  rmSync(directory, { recursive: true });
});

type Change = Partial<FactorizeOptions<Teacher['tasks']>>;

async function finish(change: Change) {
  const result = await factorize({ ...tinyRun(teacher), pruneBelow: 0, ...change });
  const bytes = await weightBytes(...networksOf(result));
  disposeFactorization(result);
  return { bytes, history: result.history };
}

/** Stops after that many steps, and then goes on from the checkpoint. */
async function stopAndResume(
  objective: readonly ObjectiveTerm[],
  checkpoint: CheckpointStore,
  steps: number,
) {
  const controller = new AbortController();
  let taken = 0;
  const stopped = factorize({
    ...tinyRun(teacher),
    objective,
    checkpoint: () => checkpoint,
    signal: controller.signal,
    onProgress: (event) => {
      if (event.type === 'step' && ++taken === steps) controller.abort();
    },
  });
  await expect(stopped).rejects.toSatisfy(CancelledError.isInstance);
  return finish({ objective, checkpoint: () => checkpoint });
}

// A rate of 0.5: what is remembered has much to say in the few steps of a test.
const average = mine({ rate: 0.5 });
/** A moving average per tap, and what `clubSample()` draws its pairs by. */
const remembering = (bound: CriticEstimator = average) => [
  supervision(),
  commonInformation({ bound }),
  bottleneck({ bound: clubSample() }),
];

describe('a run whose terms remember something', () => {
  it('goes on from its checkpoint, bit by bit as if there had been no stop', async () => {
    const before = memory().numTensors;
    const checkpoint = fileCheckpoint(join(directory, 'run.safetensors'));
    const resumed = await stopAndResume(remembering(), checkpoint, 2);
    expect(resumed).toEqual(await finish({ objective: remembering() }));
    expect(memory().numTensors).toBe(before);
    // Without an average the same run ends elsewhere, so equal ends say something.
    const forgetful = { ...average, start: undefined } as unknown as CriticEstimator;
    expect(await finish({ objective: remembering(forgetful) })).not.toEqual(resumed);
  });

  it('goes on with its multipliers and its warm-up', async () => {
    const objective = [supervision(), warmedUp(rateTarget({ speed: 1 }), { share: 1 })];
    const checkpoint = fileCheckpoint(join(directory, 'multipliers.safetensors'));
    const resumed = await stopAndResume(objective, checkpoint, 4);
    expect(resumed).toEqual(await finish({ objective }));
    // Multipliers that stand still, or a step of the same size all along, end elsewhere.
    const still = [supervision(), warmedUp(rateTarget({ speed: 1e-9 }), { share: 1 })];
    const whole = [supervision(), rateTarget({ speed: 1 })];
    for (const other of [still, whole]) expect(await finish({ objective: other })).not.toEqual(resumed);
    // And the bottleneck did grow.
    expect((await finish({ objective: [supervision()] })).bytes).not.toEqual(resumed.bytes);
  });

  it('goes on with what tasks were getting wrong', async () => {
    const balancing = (balanced: boolean) => [supervision({ balanced }), commonDistillation({ balanced })];
    const checkpoint = fileCheckpoint(join(directory, 'balance.safetensors'));
    const resumed = await stopAndResume(balancing(true), checkpoint, 4);
    expect(resumed).toEqual(await finish({ objective: balancing(true) }));
    expect(await finish({ objective: balancing(false) })).not.toEqual(resumed);
  });

  it('does not go on from the checkpoint of another bound', async () => {
    const checkpoint = fileCheckpoint(join(directory, 'other.safetensors'));
    const trained = (bound: CriticEstimator) => [supervision(), commonInformation({ bound })];
    await finish({ checkpoint: () => checkpoint, objective: trained(infoNCE()), epochs: 1 });
    expect(await finish({ checkpoint: () => checkpoint, objective: trained(tuba()), epochs: 1 })).toEqual(
      await finish({ objective: trained(tuba()), epochs: 1 }),
    );
  });
});
