import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { assemble } from '@factornet/assembler';
import { randomStream } from '@factornet/core/training';
import { FactornetError } from '@factornet/spec';
import { memory } from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { verifyPackage } from '../../verify-package';
import type { GoodPackage, GoodPackages } from '../good-packages';
import { mutate, readPackageBytes, replaceFiles } from './mutant';
import { deviationFromGood, differences } from './same-function';

const SEED = 4;

/** What came of a number of mutants. */
export interface FuzzOutcome {
  readonly accepted: number;
  readonly refused: number;
  /** Code and rule of refusals → how many. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Refusals that inspection left to TensorFlow.js. */
  readonly unforeseen: readonly string[];
}

/**
 * Verifies mutants of a good package and expects of each:
 *
 * - no crash: a report, whose errors are `FactornetError`s; from `assemble`, an assembly or a `FactornetError`;
 * - nothing left behind in TensorFlow.js;
 * - no wrong acceptance. A mutant may be accepted if it differs from the good package in nothing but the author's word
 *   (`same-function.ts`), and if its networks, as stock TensorFlow.js loads them, give the good package's golden values
 *   for the good package's pictures, within the tolerance that it states.
 */
export async function fuzz(
  packages: GoodPackages,
  of: GoodPackage,
  from: number,
  count: number,
): Promise<FuzzOutcome> {
  const folder = await packages.copy(`fuzz-${of}`);
  const good = await readPackageBytes(join(folder, of));
  const common = join(folder, 'beside');
  await cp(join(folder, 'ckn'), common, { recursive: true });
  const [ckn, shape] = [of === 'ckn' ? join(folder, of) : common, join(folder, 'shape')];
  let [accepted, refused] = [0, 0];
  const reasons = new Map<string, number>();
  const unforeseen: string[] = [];
  for (let index = from; index < from + count; index++) {
    const { files, what } = await mutate(good, randomStream(SEED, of, index));
    const label = `mutant ${index} of ${of}: ${what}`;
    await replaceFiles(join(folder, of), good, files);
    const tensors = memory().numTensors;
    const report = await verifyPackage(join(folder, of), of === 'shape' ? { common } : {});
    expect(memory().numTensors, label).toBe(tensors);
    if (report.passed) {
      accepted += 1;
      expect(differences(good, files), label).toEqual([]);
      const { tolerance } = JSON.parse((files.get('package.json') as Buffer).toString()).factornet.probes;
      expect(await deviationFromGood(good, files), label).toBeLessThanOrEqual(
        2 * Math.max(1e-4, tolerance.cpu),
      );
    } else {
      refused += 1;
      expect(FactornetError.isInstance(report.error), label).toBe(true);
      const { code, rule, message } = report.error as FactornetError & { rule?: string };
      const reason = rule === undefined ? code : `${code} (${rule})`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (message.includes('TensorFlow.js does not')) unforeseen.push(`${label}: ${message}`);
    }
    const assembled = await assemble(ckn, [shape] as never).catch((error: unknown) => error);
    if (report.passed && of === 'ckn' && FactornetError.isInstance(assembled)) {
      // A package of another name or version need not fit the factor beside it.
      expect(['incompatible-common'], label).toContain(assembled.code);
    } else if (report.passed) expect(assembled, label).not.toBeInstanceOf(Error);
    if (assembled instanceof Error)
      expect(FactornetError.isInstance(assembled), `${label}: ${assembled.stack}`).toBe(true);
    else (assembled as { dispose(): void }).dispose();
    expect(memory().numTensors, label).toBe(tensors);
    await replaceFiles(join(folder, of), files, good);
  }
  return { accepted, refused, reasons, unforeseen };
}
