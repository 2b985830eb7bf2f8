import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CapturedRun, runCaptured } from './run-captured';

export const tinyData = 'shapes:size=120,image-size=20';

/** Options that make the smallest networks that are still of the real kind. */
export const tiny = ['--backend', 'wasm', '--epochs', '1', '--batch-size', '32'];

/** A folder for one test file, and the commands that fill it. */
export interface TinyPipeline {
  readonly directory: string;
  path(...names: readonly string[]): string;
  train(...more: readonly string[]): Promise<CapturedRun>;
  factorize(...more: readonly string[]): Promise<CapturedRun>;
  pack(...more: readonly string[]): Promise<CapturedRun>;
  remove(): Promise<void>;
}

export async function tinyPipeline(): Promise<TinyPipeline> {
  const directory = await mkdtemp(join(tmpdir(), 'factornet-cli-'));
  const path = (...names: readonly string[]) => join(directory, ...names);
  const factorizeOptions = ['--common-filters', '4,8', '--specific-filters', '4,8', '--features', '8'];
  return {
    directory,
    path,
    train: (...more) =>
      runCaptured([
        'train',
        ...['--data', tinyData, '--out', path('teacher'), '--filters', '4,8', ...tiny, ...more],
      ]),
    factorize: (...more) =>
      runCaptured([
        'factorize',
        ...['--teacher', path('teacher'), '--data', tinyData, '--out', path('out')],
        ...[...factorizeOptions, ...tiny, ...more],
      ]),
    pack: (...more) =>
      runCaptured([
        'pack',
        path('out'),
        '--name',
        'tiny',
        '--out',
        path('packages'),
        '--no-tarball',
        // A few steps from where they start, codes may well be dead.
        '--force',
        ...more,
      ]),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
