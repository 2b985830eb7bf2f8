import { randomStream } from '@factornet/core/training';
import { gaussianKL, infoNCE, leaveOneOut } from '@factornet/mi';
import { CancelledError } from '@factornet/spec';
import { type Scalar, setBackend, tensor2d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeLogLikelihoods } from '../objective/code-log-likelihoods';
import { codeInformation } from './code-information';

beforeAll(() => setBackend('cpu'));

/** Means N(0, spread²), noise of a standard deviation: `I = d/2 · log(1 + spread²/deviation²)` exactly. */
function gaussianCodes(rows: number, columns: number, spread: number, deviation: number) {
  const { normals } = randomStream(3, 'codes', rows);
  const size = rows * columns;
  const mean = normals(size).map((value) => value * spread);
  const noise = normals(size);
  const matrix = (data: Float32Array) => ({ rows, columns, data });
  return {
    mean: matrix(mean),
    logVariance: matrix(new Float32Array(size).fill(2 * Math.log(deviation))),
    sample: matrix(noise.map((value, at) => (mean[at] as number) + deviation * value)),
  };
}

const all = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

describe('codeInformation', () => {
  it('is InfoNCE and leave-one-out of the true conditional, and the Gaussian bound', async () => {
    const codes = gaussianCodes(40, 3, 1.5, 0.6);
    codes.logVariance.data.set(randomStream(4, 'log-variance').normals(120));
    const rows = [3, 30, 7, 11, 2, 39, 18];
    const found = await codeInformation({ ...codes, rows });
    const [lower, upper, divergence] = await Promise.all(
      tidy(() => {
        const take = ({ data }: { data: Float32Array }) =>
          tensor2d(
            rows.flatMap((row) => [...data.subarray(row * 3, row * 3 + 3)]),
            [rows.length, 3],
          );
        const batch = {
          mean: take(codes.mean),
          logVariance: take(codes.logVariance),
          sample: take(codes.sample),
        };
        const scores = codeLogLikelihoods(batch);
        return [infoNCE({ axis: 'x' }).value(scores), leaveOneOut().value(scores), gaussianKL().value(batch)];
      }).map(async (value: Scalar) => (await value.data())[0] as number),
    );
    expect(found.lower).toBeCloseTo(lower as number, 4);
    expect(found.upper).toBeCloseTo(upper as number, 4);
    expect(found.gaussianKL).toBeCloseTo(divergence as number, 4);
    expect(found.cap).toBe(Math.log(7));
  });

  it('has the truth between its bounds where they have room, below the cap', async () => {
    const truth = Math.log(1 + 1 / 0.5 ** 2);
    const {
      lower,
      upper,
      gaussianKL: loose,
    } = await codeInformation({
      ...gaussianCodes(600, 2, 1, 0.5),
      rows: all(600),
    });
    // Standard errors of a mean over 600 examples of a log ratio whose deviation is about 1.
    expect(lower).toBeLessThan(truth + 4 / Math.sqrt(600));
    expect(upper).toBeGreaterThan(truth - 4 / Math.sqrt(600));
    expect(upper - lower).toBeLessThan(0.1);
    expect(upper - lower).toBeGreaterThan(0);
    expect(loose).toBeGreaterThan(0);
  });

  it('is nothing for a code that is the prior whatever the picture', async () => {
    const {
      lower,
      upper,
      gaussianKL: loose,
    } = await codeInformation({
      ...gaussianCodes(50, 4, 0, 1),
      rows: all(50),
    });
    expect([lower, upper, loose].every((value) => Math.abs(value) < 1e-6)).toBe(true);
  });

  it('stops at its cap for a code that is all but deterministic, and stays finite above', async () => {
    const codes = gaussianCodes(50, 4, 1, Math.exp(-5));
    const { lower, upper, cap } = await codeInformation({ ...codes, rows: all(50) });
    expect(lower).toBeCloseTo(cap, 6);
    expect(Number.isFinite(upper)).toBe(true);
    expect(upper).toBeGreaterThan(cap);
  });

  it('stops on request', async () => {
    const request = { ...gaussianCodes(200, 2, 1, 1), rows: all(200), signal: AbortSignal.abort() };
    await expect(codeInformation(request)).rejects.toSatisfy(CancelledError.isInstance);
  });
});
