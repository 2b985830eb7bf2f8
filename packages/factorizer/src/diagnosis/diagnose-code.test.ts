import { describe, expect, it } from 'vitest';
import { type CodeFacts, diagnoseCode } from './diagnose-code';
import { isDead } from './finding';

const healthy: CodeFacts = {
  task: 'shape',
  score: 'accuracy',
  examples: 1000,
  spread: 5,
  rate: 0.9,
  alone: { accuracy: 0.9, chance: 0.25, standardError: 0.02 },
  whenShuffled: { lost: 0.6, standardError: 0.02, examples: 1000 },
  whenZeroed: { lost: 0.05, standardError: 0.01, examples: 1000 },
  whenGuessed: { lost: 0.7, standardError: 0.02, examples: 1000 },
};
const codes = (change: Partial<CodeFacts>) => diagnoseCode({ ...healthy, ...change }).map(({ code }) => code);

describe('diagnoseCode', () => {
  it('has nothing to say of a factor that needs its code', () => {
    expect(diagnoseCode(healthy)).toEqual([]);
  });

  it('finds t the same for all pictures, and of a Gaussian one that no dimension tells', () => {
    expect(codes({ spread: 1e-7 })).toEqual(['dead-code']);
    expect(codes({ rate: 0.019 })).toEqual(['dead-code']);
    expect(codes({ rate: 0.021 })).toEqual([]);
    // Once, and without what follows from it.
    const nothing = { lost: 0, standardError: 0, examples: 1000 };
    const all = { spread: 0, rate: 0, whenShuffled: nothing, whenZeroed: nothing };
    expect(codes(all)).toEqual(['dead-code']);
    expect(codes({ ...all, whenGuessed: nothing })).toEqual(['dead-code', 'accuracy-at-chance']);
  });

  it('finds a difference where it is above two of its errors, and none below', () => {
    for (const [which, code] of [
      ['whenShuffled', 'ignored-code'],
      ['whenZeroed', 'redundant-code'],
      ['whenGuessed', 'accuracy-at-chance'],
    ] as const) {
      expect(codes({ [which]: { lost: 0.0201, standardError: 0.01, examples: 1000 } })).toEqual([]);
      expect(codes({ [which]: { lost: 0.02, standardError: 0.01, examples: 1000 } })).toEqual([code]);
      expect(codes({ [which]: { lost: 0, standardError: 0, examples: 1000 } })).toEqual([code]);
    }
    // The same loss, of too few pictures to tell.
    expect(codes({ whenShuffled: { lost: 0, standardError: 0, examples: 149 } })).toEqual(['unproven-code']);
    expect(codes({ whenShuffled: { lost: 0, standardError: 0, examples: 150 } })).toEqual(['ignored-code']);
    expect(codes({ whenShuffled: { lost: 0.02, standardError: 0.0101, examples: 1000 } })).toEqual([
      'unproven-code',
    ]);
    // A head that its own t misleads does not ignore it.
    expect(codes({ whenShuffled: { lost: -0.021, standardError: 0.01, examples: 1000 } })).toEqual([
      'unproven-code',
    ]);
    const alone = { accuracy: 0.29, chance: 0.25, standardError: 0.02 };
    expect(codes({ alone })).toEqual(['uninformative-code']);
    expect(codes({ alone: { ...alone, accuracy: 0.291 } })).toEqual([]);
  });

  it('says whose code, what was found, and what to do', () => {
    const [finding] = diagnoseCode({
      ...healthy,
      whenShuffled: { lost: 0.001, standardError: 0.002, examples: 1000 },
    });
    expect(finding).toMatchObject({ task: 'shape', value: 0.001, limit: 0.004 });
    expect(finding?.message).toBe(
      'The head of "shape" ignores t: the t of another picture loses it 0.0010 ± 0.0020 in accuracy, of 1000 pictures.',
    );
    for (const each of diagnoseCode({ ...healthy, spread: 0 })) expect(each.hint).toContain('floor');
  });

  it('says nothing of what was not measured', () => {
    expect(diagnoseCode({ task: 'shape', score: 'R²', examples: 10, spread: 1 })).toEqual([]);
  });

  it('takes a constant code and an ignored one for dead, and no other', () => {
    const dead = [
      codes({ spread: 0 }),
      codes({ whenShuffled: { lost: 0, standardError: 0, examples: 1000 } }),
    ].flat();
    expect(dead.every((code) => isDead({ code }))).toBe(true);
    for (const code of [
      'redundant-code',
      'unproven-code',
      'uninformative-code',
      'accuracy-at-chance',
      'capped-term',
    ] as const) {
      expect(isDead({ code })).toBe(false);
    }
  });
});
