import { leaveOneOut } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import {
  dispose,
  type Scalar,
  setBackend,
  type Tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest } from '../conformance/suite-pass';
import { bottleneck } from './bottleneck';
import type { ObjectiveTerm } from './objective-term';
import { warmedUp } from './warmed-up';

beforeAll(() => setBackend('cpu'));

async function slopeAt(term: ObjectiveTerm, progress: number) {
  const [running, pass] = [term.prepare(suiteRequest), suitePass({ progress })];
  const leaf = pass.leaves['first/mean'] as Variable;
  const { value, grads } = variableGrads(
    () => tidy(() => running.evaluate(pass.compute()) as Scalar),
    [leaf],
  );
  const [[nats], [slope]] = [await value.data(), await (grads[leaf.name] as Tensor).data()];
  dispose([value, grads] as unknown as Tensor[]);
  running.dispose();
  pass.dispose();
  return { nats: nats as number, slope: slope as number };
}

describe('warmedUp', () => {
  it('lets the slope grow in proportion, and reports the same value', async () => {
    const { nats, slope } = await slopeAt(bottleneck(), 0);
    const term = warmedUp(bottleneck(), { share: 0.5 });
    for (const [progress, grown] of [
      [0, 0],
      [0.125, 0.25],
      [0.5, 1],
      [0.9, 1],
    ] as const) {
      const found = await slopeAt(term, progress);
      expect(found.nats).toBe(nats);
      expect(found.slope).toBeCloseTo(grown * slope, 6);
    }
  });

  it('is the term in all else, and another one for checkpoints', () => {
    const [term, plain] = [warmedUp(bottleneck({ weight: 0.3 })), bottleneck({ weight: 0.3 })];
    expect(term).toMatchObject({ name: plain.name, weight: 0.3, sense: plain.sense });
    expect(term.settings).toEqual({ ...plain.settings, warmUp: 0.2 });
  });

  it('refuses a share of nothing, or of more than the run', () => {
    for (const share of [0, 1.1, Number.NaN]) {
      expect(() => warmedUp(bottleneck(), { share })).toThrow(InvalidOptionError);
    }
  });
});

describeObjectiveTerm('a bottleneck warmed up', () =>
  warmedUp(bottleneck({ bound: leaveOneOut() }), { share: 1 }),
);
