import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Ended } from '@factornet/example-pipeline/run';
import { packWorkspacePackages } from '@factornet/example-pipeline/workspace-tarballs';
import { runManager } from '@factornet/registry';
import type { TestRegistry } from '@factornet/registry/testing';
import { factornet } from './factornet';
import { everything, type Transcript } from './transcript';

/** Who makes packages of knowledge, in a folder whose `.npmrc` may publish. */
export interface Author {
  readonly directory: string;
  /** Takes the quickstart's teacher apart into `<out>/common` and `<out>/factors/<task>`, for show rather than well. */
  factorize(out: string, seed: number): Promise<void>;
  /** Packs and publishes what was factorized. */
  publish(from: string, ...options: readonly string[]): Promise<Ended>;
  /** Which release of the published network that would be. */
  measure(from: string, published: string, ...options: readonly string[]): Promise<Ended>;
  /** Packs without publishing. It may be refused. */
  tryToPack(from: string, ...options: readonly string[]): Promise<Ended>;
  /** Publishes packages of factornet itself, which are on this registry alone. */
  publishFactornet(...rooms: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

const teacher = fileURLToPath(new URL('../../quickstart/teacher', import.meta.url));
const names = ['--scope', '@knowledge', '--name', 'shapes'];
/** A few seconds of training: enough for networks that are real, not for good ones. */
const training = ['--data', 'shapes:size=1024,seed=200', '--epochs', '1'];
const architecture = ['--common-filters', '8,16', '--specific-filters', '4,8', '--features', '8'];

export async function createAuthor(registry: TestRegistry, transcript: Transcript): Promise<Author> {
  const directory = await mkdtemp(join(tmpdir(), 'factornet-author-'));
  await copyFile(registry.npmrc, join(directory, '.npmrc'));
  const command = (args: readonly string[], typed: readonly string[] = args, mayFail = false) =>
    factornet(transcript, directory, args, {
      typed: `factornet ${typed.join(' ')}`,
      show: everything,
      mayFail,
    });
  let releases = 0;
  const packing = (from: string, options: readonly string[]) => {
    releases += 1;
    return [from, ...names, '--out', `packages/${releases}`, ...options];
  };
  return {
    directory,
    async factorize(out, seed) {
      const shown = ['factorize', '--teacher', 'teacher', ...training, '--seed', String(seed), '--out', out];
      const real = [
        'factorize',
        '--teacher',
        teacher,
        ...shown.slice(3),
        ...architecture,
        '--backend',
        'wasm',
      ];
      await factornet(transcript, directory, real, { typed: `factornet ${shown.join(' ')}` });
    },
    publish: (from, ...options) => command(['publish', ...packing(from, options), '--access', 'public']),
    measure: (from, published, ...options) =>
      command(['version', from, '--published', published, ...options]),
    tryToPack: (from, ...options) => {
      const args = ['pack', ...packing(from, options)];
      return command(args, args, true);
    },
    async publishFactornet(...rooms) {
      for (const tarball of await packWorkspacePackages(rooms, directory)) {
        await runManager('npm', ['publish', tarball, '--access', 'public'], { cwd: directory });
      }
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
