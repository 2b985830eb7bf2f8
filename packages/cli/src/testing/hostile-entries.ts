import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assemble } from '@factornet/assembler';
import { exportAssembly } from '@factornet/assembler/export';
import { createLock } from '@factornet/assembler/lock';
import { goldenProbes } from '@factornet/assembler/probes';
import { disposeBrick } from '@factornet/core';
import { loadNetworks, readCommonNetwork } from '@factornet/pipeline';
import { withComposition } from '@factornet/registry';
import { type CommonPackage, FactornetError } from '@factornet/spec';
import { expectRefusal, type GoodPackages, type HostilePackage } from '@factornet/verifier/testing';
import { memory } from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { inspectFolder } from '../commands/inspect/inspect-folder';
import { refuseConflicts } from '../packages/refuse-conflicts';
import { runCaptured } from './run-captured';

/** One way in: what takes packages, for a folder that holds `ckn` and `shape`. */
export interface Entry {
  readonly name: string;
  /** Whether models are loaded as they are for an assembly; else there is less that it can find. */
  readonly loads: boolean;
  /** @param factor its folder, beside that of the common-knowledge network */
  enter(folder: string, factor?: Factor): Promise<void>;
}

type Factor = 'shape' | 'hue';
const taskOf = { shape: 'shape', hue: 'object-hue' } as const;
const commonOf = { shape: 'ckn', hue: 'deep' } as const;

const both = (folder: string, factor: Factor = 'shape') =>
  [join(folder, commonOf[factor]), join(folder, factor)] as const;

/** A command that refuses something throws its error, as it was printed. */
async function command(...argv: readonly string[]): Promise<void> {
  const told = await runCaptured([...argv, '--json']);
  if (told.exitCode === 0) return;
  const { error } = told.json<{ error: { code: string; message: string } }>();
  if (error.code === 'unexpected') throw new Error(error.message);
  throw new FactornetError(error.code, error.message);
}

/** Everything that takes a package. */
export const entries: readonly Entry[] = [
  {
    name: 'evaluate',
    loads: true,
    enter: (folder, factor) =>
      withComposition(both(folder, factor), {}, async (set) => {
        refuseConflicts(set);
        const sources = { common: set.commons[0] as CommonPackage, factors: set.factors };
        (await loadNetworks(sources)).dispose();
      }),
  },
  {
    name: 'exportAssembly',
    loads: true,
    async enter(folder, factor) {
      const [common, shape] = both(folder, factor);
      (await exportAssembly({ common, factors: [shape] })).dispose();
    },
  },
  {
    name: 'assemble with golden probes',
    loads: false,
    async enter(folder, factor) {
      const [common, shape] = both(folder, factor);
      (await assemble(common, [shape] as never, { verify: goldenProbes })).dispose();
    },
  },
  {
    name: 'add, version: a common-knowledge package',
    loads: false,
    enter: async (folder, factor) => disposeBrick(await readCommonNetwork(both(folder, factor)[0])),
  },
  {
    name: 'lock',
    loads: false,
    async enter(folder, factor) {
      const [common, shape] = both(folder, factor);
      await createLock({ common, factors: [shape] });
    },
  },
  {
    name: 'inspect',
    loads: false,
    async enter(folder, factor) {
      for (const each of both(folder, factor)) await inspectFolder(each);
    },
  },
  {
    name: 'factornet assemble',
    loads: false,
    enter: (folder, factor) => command('assemble', ...both(folder, factor), '--check', '--backend', 'cpu'),
  },
  {
    name: 'factornet plan',
    loads: false,
    enter: (folder, factor = 'shape') => command('plan', ...both(folder, factor), '--tasks', taskOf[factor]),
  },
];

/** Breaks the good packages in one way and goes in: what came of it, which took less than a while and left no tensor. */
export async function enterDamaged(
  good: GoodPackages,
  { of, damage }: HostilePackage,
  { enter }: Entry,
): Promise<{ error: unknown; milliseconds: number }> {
  const folder = await good.copy('damaged');
  try {
    await damage(join(folder, of));
    const [tensors, started] = [memory().numTensors, performance.now()];
    const error = await enter(folder, of === 'hue' || of === 'deep' ? 'hue' : 'shape').catch(
      (reason: unknown) => reason,
    );
    expect(memory().numTensors, 'tensors left behind').toBe(tensors);
    return { error, milliseconds: performance.now() - started };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Commands tell packages apart by themselves, so that this is a second factor to them. */
const TOLD_APART = 'a common-knowledge network that is a factor';

/** Expects what assembling does; of an entry that looks at less, that it takes it or says in words why not. */
export function expectOutcome(
  error: unknown,
  { name, refused, assembled }: HostilePackage,
  { loads }: Entry,
): void {
  if (loads && name !== TOLD_APART && assembled !== 'taken')
    expectRefusal(error, assembled === 'same' ? refused : assembled);
  else if (error !== undefined) expect(FactornetError.isInstance(error), String(error)).toBe(true);
}
