import { BackendUnavailableError, InvalidOptionError } from '@factornet/spec';
import { getBackend, tensor1d } from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BackendCandidate } from './backend-candidate';
import { cpu, wasm } from './candidates';
import { useBackend } from './use-backend';

beforeEach(async () => {
  await useBackend('cpu');
});

/** A candidate that works, or fails with `reason`, and writes down that it was asked. */
function fake(name: string, asked: string[], reason?: unknown): BackendCandidate {
  return {
    name,
    async activate() {
      asked.push(name);
      if (reason !== undefined) throw reason;
      return `${name} is fine`;
    },
  };
}

describe('useBackend', () => {
  it('takes the first that runs, in order, and says why others were passed over', async () => {
    const asked: string[] = [];
    const candidates = [
      fake('first', asked, new Error('no such hardware')),
      fake('second', asked, 'a string thrown by a careless library'),
      fake('third', asked),
      fake('fourth', asked),
    ];
    expect(await useBackend('auto', { candidates })).toEqual({
      name: 'third',
      attempts: [
        { name: 'first', status: 'passed over', detail: 'no such hardware' },
        { name: 'second', status: 'passed over', detail: 'a string thrown by a careless library' },
        { name: 'third', status: 'chosen', detail: 'third is fine' },
        { name: 'fourth', status: 'not tried', detail: 'third came first' },
      ],
    });
    expect(asked).toEqual(['first', 'second', 'third']);
  });

  it('tries the named one alone', async () => {
    const asked: string[] = [];
    const candidates = [fake('first', asked), fake('second', asked), fake('third', asked)];
    const { name, attempts } = await useBackend('second', { candidates });
    expect(name).toBe('second');
    expect(attempts.map(({ detail }) => detail)).toEqual([
      'not asked for',
      'second is fine',
      'second came first',
    ]);
    expect(asked).toEqual(['second']);
  });

  it('refuses a name that no candidate has, and lists the names', async () => {
    await expect(useBackend('cuda')).rejects.toThrow(InvalidOptionError);
    await expect(useBackend('cuda')).rejects.toThrow(
      'backend must be one of auto, tensorflow, webgpu, wasm, cpu, but is "cuda".',
    );
  });

  it('throws with every reason if none runs', async () => {
    const candidates = [fake('first', [], new Error('too old')), fake('second', [], new Error('too new'))];
    const error = await useBackend('auto', { candidates }).catch((caught: unknown) => caught);
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ requested: 'auto', reasons: ['first: too old', 'second: too new'] });
    expect((error as Error).message).toContain('factornet doctor');
    await expect(useBackend('second', { candidates })).rejects.toMatchObject({
      reasons: ['second: too new'],
    });
  });

  it('leaves the backend that was in use current when none runs', async () => {
    const halfWay: BackendCandidate = {
      name: 'half-way',
      async activate() {
        await wasm().activate();
        throw new Error('broke after it was made current');
      },
    };
    await expect(useBackend('auto', { candidates: [halfWay] })).rejects.toThrow(BackendUnavailableError);
    expect(getBackend()).toBe('cpu');
    const doubled = tensor1d([1, 2]).mul(2);
    expect([...(await doubled.data())]).toEqual([2, 4]);
  });

  it.each([
    { candidate: cpu(), detail: /^plain JavaScript$/ },
    { candidate: wasm(), detail: /SIMD, with training kernels$/ },
  ])('really runs on $candidate.name', async ({ candidate, detail }) => {
    const { name, attempts } = await useBackend(candidate.name);
    expect(name).toBe(candidate.name);
    expect(getBackend()).toBe(candidate.name);
    expect(attempts.find(({ status }) => status === 'chosen')?.detail).toMatch(detail);
    const sum = tensor1d([1, 2, 3]).sum();
    expect((await sum.data())[0]).toBe(6);
  });
});
