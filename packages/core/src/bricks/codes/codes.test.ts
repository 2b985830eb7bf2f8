import { InvalidManifestError, InvalidOptionError } from '@factornet/spec';
import type { Tensor2D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../backend/use-backend';
import { type CodeTruth, describeCode } from '../../conformance/describe-code';
import { categorical } from './categorical';
import type { Code } from './code';
import { deterministic } from './deterministic';
import { findCode, manifestOfCode } from './find-code';
import { gaussian } from './gaussian';

/** One of a stranger: n signs. */
const signs = (): Code => ({
  type: 'signs',
  settings: {},
  outputLengths: (length) => [length],
  shippedOutputs: 1,
  capacity: (length) => length * Math.LN2,
  ship: ([output]) => (output as Tensor2D).greaterEqual(0).toFloat().mul(2).sub(1),
});

type Ships = CodeTruth['ships'];
const oneHot =
  (scale: number): Ships =>
  ([row = []]) =>
    row.map((_, k) => (k === row.indexOf(Math.max(...row)) ? Math.fround(scale) : 0));
const first: Ships = ([row = []]) => row;
const drawn: Ships = ([mean = [], logVariance = []], noise) =>
  mean.map((value, k) => value + Math.exp((logVariance[k] as number) / 2) * (noise[k] as number));

const cases: readonly (readonly [string, Code, CodeTruth])[] = [
  ['gaussian mean', gaussian(), { type: { type: 'gaussian', create: gaussian }, ships: first }],
  [
    'gaussian sample',
    gaussian({ ships: 'sample' }),
    { type: { type: 'gaussian', create: gaussian }, ships: drawn },
  ],
  [
    'deterministic',
    deterministic(),
    { type: { type: 'deterministic', create: deterministic }, ships: first },
  ],
  ...[5, 0.3].map((scale) => {
    const type = { type: 'categorical', create: categorical };
    return [`categorical, scale ${scale}`, categorical({ scale }), { type, ships: oneHot(scale) }] as const;
  }),
  [
    'signs of a stranger',
    signs(),
    {
      type: { type: 'signs', create: signs },
      ships: ([row = []]) => row.map((value) => (value < 0 ? -1 : 1)),
    },
  ],
];

describe.each(['cpu', 'wasm'] as const)('codes on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });
  for (const [name, code, truth] of cases) describeCode(name, code, truth);
});

describe('codes', () => {
  it('have the capacity of what they can be', () => {
    expect(categorical().capacity(4)).toBe(Math.log(4));
    for (const code of [gaussian(), gaussian({ ships: 'sample' }), deterministic()]) {
      expect(code.capacity(4)).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('refuse settings without sense', () => {
    for (const scale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => categorical({ scale })).toThrow(InvalidOptionError);
    }
    expect(() => gaussian({ ships: 'mode' as never })).toThrow(InvalidOptionError);
  });
});

describe('findCode', () => {
  const found = manifestOfCode(categorical({ scale: 2 }), 3);

  it('makes the code that a manifest describes, also of a stranger where it is given', () => {
    expect(found).toEqual({ type: 'categorical', length: 3, capacity: Math.log(3), settings: { scale: 2 } });
    expect(findCode(found, 'x')).toMatchObject({ type: 'categorical', settings: { scale: 2 } });
    const codes = [{ type: 'signs', create: signs }];
    expect(findCode(manifestOfCode(signs(), 2), 'x', { codes }).type).toBe('signs');
    expect(manifestOfCode(deterministic(), 2).capacity).toBe('infinite');
  });

  it('takes the logarithm of another machine', () => {
    const capacity = Math.log(3) * (1 + Number.EPSILON);
    expect(findCode({ ...found, capacity }, 'x').type).toBe('categorical');
  });

  it.each([
    [{ type: 'signs' }, 'code.type: expected "gaussian" or "deterministic" or "categorical", found "signs"'],
    [{ capacity: Math.log(2) }, /code\.capacity: expected 1\.09\d*, found 0\.69/],
    [{ capacity: 'infinite' as const }, /code\.capacity: expected 1\.09\d*, found infinite/],
    [{ length: 4 }, /code\.capacity: expected 1\.38\d*, found 1\.09/],
    [{ settings: { scale: 0 } }, 'code.settings: scale must be a number above 0'],
    [{ settings: {} }, 'code.settings: expected [["scale",15]], found []'],
    [{ settings: { scale: 2, ships: 'mean' } }, 'code.settings: expected [["scale",2]]'],
    [{ type: 'deterministic', settings: {} }, /code\.capacity: expected infinite, found 1\.09/],
  ])('refuses %o', (changed, message) => {
    const finding = () => findCode({ ...found, ...changed }, 'a package');
    expect(finding).toThrow(InvalidManifestError);
    expect(finding).toThrow(message);
  });
});
