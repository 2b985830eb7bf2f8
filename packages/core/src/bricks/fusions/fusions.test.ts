import { InvalidManifestError } from '@factornet/spec';
import { setBackend, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeFusion } from '../../conformance/describe-fusion';
import { add } from './add';
import { codeOnly } from './code-only';
import { concatenate } from './concatenate';
import { findFusion } from './find-fusion';
import type { Fusion } from './fusion';

beforeAll(() => setBackend('cpu'));

/** A third one, as anybody may write it. */
const hadamard = (): Fusion => ({
  ...add(),
  type: 'hadamard',
  formula: 'z ⊙ t',
  fuse: (z, code) => z.mul(code),
  layer: { className: 'Multiply', config: {} },
});

describeFusion('add', add());
describeFusion('concatenate', concatenate());
describeFusion('code-only', codeOnly());
describeFusion('hadamard', hadamard());

describe('fusions', () => {
  it.each([
    [add(), [4, 6]],
    [concatenate(), [1, 2, 3, 4]],
    [codeOnly(), [3, 4]],
    [hadamard(), [3, 8]],
  ])('of (1, 2) and (3, 4)', async (fusion, expected) => {
    const fused = fusion.fuse(tensor2d([[1, 2]]), tensor2d([[3, 4]]));
    expect([...(await fused.data())]).toEqual(expected);
    expect(fusion.headLength(2, 2)).toBe(expected.length);
  });

  it('add asks for codes as long as z, concatenate takes any', () => {
    expect(add().codeLength(16, 5)).toBe(16);
    expect(concatenate().codeLength(16, 5)).toBe(5);
    expect(concatenate().headLength(16, 5)).toBe(21);
  });
});

describe('findFusion', () => {
  it('finds ours by default, and others where they are given', () => {
    expect(findFusion({ type: 'add' }, 'x').type).toBe('add');
    expect(findFusion({ type: 'concatenate' }, 'x').type).toBe('concatenate');
    const fusions = [hadamard()];
    expect(findFusion({ type: 'hadamard' }, 'x', { fusions })).toBe(fusions[0]);
  });

  it('says which are known', () => {
    const find = () => findFusion({ type: 'hadamard' }, '@scope/shape@1.0.0');
    expect(find).toThrow(InvalidManifestError);
    expect(find).toThrow(
      /@scope\/shape@1\.0\.0 is not valid:\n {2}- fusion\.type: expected "add" or "concatenate" or "code-only", found "hadamard"\n.*`fusions`/,
    );
  });
});
