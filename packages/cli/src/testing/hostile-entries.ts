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
  enter(folder: string): Promise<void>;
}

const both = (folder: string) => [join(folder, 'ckn'), join(folder, 'shape')] as const;

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
    enter: (folder) =>
      withComposition(both(folder), {}, async (set) => {
        refuseConflicts(set);
        const sources = { common: set.commons[0] as CommonPackage, factors: set.factors };
        (await loadNetworks(sources)).dispose();
      }),
  },
  {
    name: 'exportAssembly',
    loads: true,
    async enter(folder) {
      const [common, shape] = both(folder);
      (await exportAssembly({ common, factors: [shape] })).dispose();
    },
  },
  {
    name: 'assemble with golden probes',
    loads: false,
    async enter(folder) {
      const [common, shape] = both(folder);
      (await assemble(common, [shape] as never, { verify: goldenProbes })).dispose();
    },
  },
  {
    name: 'add, version: a common-knowledge package',
    loads: false,
    enter: async (folder) => disposeBrick(await readCommonNetwork(join(folder, 'ckn'))),
  },
  {
    name: 'lock',
    loads: false,
    async enter(folder) {
      const [common, shape] = both(folder);
      await createLock({ common, factors: [shape] });
    },
  },
  {
    name: 'inspect',
    loads: false,
    async enter(folder) {
      for (const each of both(folder)) await inspectFolder(each);
    },
  },
  {
    name: 'factornet assemble',
    loads: false,
    enter: (folder) => command('assemble', ...both(folder), '--check', '--backend', 'cpu'),
  },
  {
    name: 'factornet plan',
    loads: false,
    enter: (folder) => command('plan', ...both(folder), '--tasks', 'shape'),
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
    const error = await enter(folder).catch((reason: unknown) => reason);
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
