import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import {
  concat,
  dispose,
  type Scalar,
  type Tensor,
  tidy,
  truncatedNormal,
  variableGrads,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { ObjectiveTerm, PreparedTerm } from '../objective/objective-term';
import { readingShapes } from '../objective/tap-reading';
import { type SuitePass, suiteMoments, suitePass, suiteRequest, suiteTapShapes } from './suite-pass';

/**
 * What every objective term has to hold, as a vitest suite on the current backend.
 *
 * @example
 * describeObjectiveTerm('bottleneck', () => bottleneck({ weight: 0.1 }));
 */
export function describeObjectiveTerm(name: string, makeTerm: () => ObjectiveTerm): void {
  /** Runs `body` with the term prepared and one step computed, and disposes of both. */
  const withTerm = async <T>(
    body: (running: PreparedTerm, pass: SuitePass) => Promise<T> | T,
    { seed = 1, labels }: { seed?: number; labels?: number[][] } = {},
  ): Promise<T> => {
    const term = makeTerm();
    const tapShapes = readingShapes(term.reads, suiteTapShapes);
    const tapMoments = term.needs.includes('moments') ? suiteMoments(tapShapes) : {};
    const running = term.prepare({ ...suiteRequest, tapShapes, tapMoments, seed });
    const pass = suitePass({ ...(labels && { labels }), reads: term.reads });
    try {
      return await body(running, pass);
    } finally {
      running.dispose();
      pass.dispose();
    }
  };
  const natsOf = async (running: PreparedTerm, pass: SuitePass): Promise<number> => {
    const value = tidy(() => running.evaluate(pass.compute()));
    expect(value.shape).toEqual([]);
    const [nats] = await value.data();
    value.dispose();
    return nats as number;
  };
  const gradientsOf = async (running: PreparedTerm, pass: SuitePass) => {
    const variables = [...Object.values(pass.leaves), ...running.variables];
    const { value, grads } = variableGrads(
      () => tidy(() => running.evaluate(pass.compute()) as Scalar),
      variables,
    );
    const read = await Promise.all(
      variables.map(async (variable) => [...((await grads[variable.name]?.data()) ?? [])]),
    );
    dispose([value, ...Object.values(grads)] as Tensor[]);
    const leaves = Object.keys(pass.leaves).length;
    return { leaves: read.slice(0, leaves), own: read.slice(leaves) };
  };

  describe(`${name} as an objective term`, () => {
    it('says what it is', () => {
      const { name: called, weight, sense, needs } = makeTerm();
      expect(called).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(weight).toBeGreaterThanOrEqual(0);
      expect(['maximise', 'minimise']).toContain(sense);
      const known = ['trainable-common', 'teacher', 'maps', 'gaussian-codes', 'moments'];
      for (const need of needs) expect(known).toContain(need);
    });

    it('is one finite number, the same for the same step', () =>
      withTerm(async (running, pass) => {
        const value = await natsOf(running, pass);
        expect(Number.isFinite(value)).toBe(true);
        expect(await natsOf(running, pass)).toBe(value);
      }));

    it('passes finite gradients to some network and to each variable of its own', () =>
      withTerm(async (running, pass) => {
        const { leaves, own } = await gradientsOf(running, pass);
        for (const gradient of [...leaves, ...own]) expect(gradient.every(Number.isFinite)).toBe(true);
        expect(leaves.flat().some((slope) => slope !== 0)).toBe(true);
        expect(own).toHaveLength(running.variables.length);
        for (const gradient of own) expect(gradient.some((slope) => slope !== 0)).toBe(true);
      }));

    it('stays finite, gradients included, when no example has a label', () =>
      withTerm(
        async (running, pass) => {
          expect(Number.isFinite(await natsOf(running, pass))).toBe(true);
          const { leaves, own } = await gradientsOf(running, pass);
          expect([...leaves, ...own].flat().every(Number.isFinite)).toBe(true);
        },
        { labels: [new Array(5).fill(-1), new Array(5).fill(-1)] },
      ));

    it('has variables of distinct names that start from the seed alone', async () => {
      const read = (running: PreparedTerm) =>
        Promise.all(running.variables.map(async (variable) => [...(await variable.data())]));
      const first = await withTerm(read);
      expect(await withTerm(read)).toEqual(first);
      if (first.length > 0) expect(await withTerm(read, { seed: 2 })).not.toEqual(first);
      await withTerm(({ variables }) => {
        expect(new Set(variables.map((variable) => variable.name)).size).toBe(variables.length);
      });
    });

    it('reads each example of a tap by itself, since what it reads is kept example by example', async () => {
      const { reads } = makeTerm();
      for (const shape of reads ? Object.values(suiteTapShapes) : []) {
        const [together, alone] = tidy(() => {
          const features = truncatedNormal([3, ...shape], 0, 1, 'float32', 1);
          const rows = [0, 1, 2].map((row) => reads?.(features.slice(row, 1)) as Tensor);
          return [reads?.(features) as Tensor, concat(rows)];
        }) as [Tensor, Tensor];
        expect(together.shape).toEqual(alone.shape);
        expectCloseArrays(await together.data(), await alone.data(), { absolute: 1e-5 });
        dispose([together, alone]);
      }
    });

    it('leaves no tensor behind', () => expectNoLeak(() => withTerm(natsOf)));
  });
}
