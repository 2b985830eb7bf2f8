import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { integrityOf } from '@factornet/core/internal';
import { writing } from '@factornet/core/node';
import { NpmMissingError, NpmPackError } from '@factornet/spec/publishing';
import { WriteFailedError } from '@factornet/spec/training';
import { ManagerFailure } from './run-manager';
import { askNpm, impatient, type NpmOptions, npmMissing } from './run-npm';

/** One tarball as `npm publish` would upload it. */
export interface Tarball {
  /** Absolute path of the `.tgz` file. */
  readonly path: string;
  /** Size of the tarball. */
  readonly bytes: number;
  /** Size of its files after installation. */
  readonly unpackedBytes: number;
  /** `sha512-…` of the tarball, by which registries and lockfiles know it. */
  readonly integrity: string;
  /** Paths in the package, sorted. */
  readonly files: readonly string[];
}

/**
 * Packs a package folder with `npm pack`, scripts ignored, into the folder `destination`. Equal folders give
 * equal bytes. The tarball is put there when it is whole; until then an older one stays.
 *
 * @throws WriteFailedError if it was not written whole
 * @throws NpmMissingError if there is no npm, NpmPackError with its words if it fails
 * @example
 * const { path, bytes } = await packTarball('out/ckn', 'out');
 */
export async function packTarball(directory: string, destination: string): Promise<Tarball> {
  const folder = resolve(destination);
  const workspace = await writing(folder, async () => {
    await mkdir(folder, { recursive: true });
    return mkdtemp(join(folder, '.pack-'));
  });
  try {
    const packed = await runPack(directory, ['--pack-destination', workspace], folder);
    const temporary = join(workspace, basename(packed.path));
    await checkWhole(temporary, packed);
    await writing(packed.path, () => rename(temporary, packed.path));
    return packed;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

/** The file that npm packs a package to. */
export function tarballName({ name, version }: { name: string; version: string }): string {
  return `${name.replace(/^@/, '').replaceAll('/', '-')}-${version}.tgz`;
}

/** npm says what it packed, not what the disk took of it. */
async function checkWhole(file: string, { path, bytes, integrity }: Tarball): Promise<void> {
  const written = new Uint8Array(await readFile(file));
  if ((await integrityOf(written)) === integrity) return;
  const reason = `only ${written.length} of ${bytes} bytes were taken, or not as npm packed them`;
  throw new WriteFailedError({ path, reason }, { hint: 'Free some space there, or write to another disk.' });
}

/** What {@link packTarball} would write, without writing it: for its size and integrity. */
export async function measureTarball(directory: string): Promise<Omit<Tarball, 'path'>> {
  const { path: _, ...described } = await runPack(directory, ['--dry-run'], '');
  return described;
}

/** Downloads the tarball that a specifier names. @throws ManagerFailure, CancelledError */
export async function downloadTarball(
  specifier: string,
  destination: string,
  options: NpmOptions,
): Promise<{ name: string; path: string }> {
  const flags = ['--pack-destination', destination, ...impatient];
  const { name, filename } = readPackReport(await askNpm(['pack', specifier, ...flags], options));
  return { name, path: join(destination, filename) };
}

async function runPack(directory: string, flags: readonly string[], folder: string): Promise<Tarball> {
  const source = resolve(directory);
  try {
    const report = readPackReport(await askNpm(['pack', source, ...flags], { cwd: source }));
    return {
      path: join(folder, report.filename),
      bytes: report.size,
      unpackedBytes: report.unpackedSize,
      integrity: report.integrity,
      files: report.files.map((file) => file.path).sort(),
    };
  } catch (failure) {
    throw packError(failure, source, folder);
  }
}

interface PackReport {
  name: string;
  filename: string;
  size: number;
  integrity: string;
  unpackedSize: number;
  files: { path: string }[];
}

/** npm prints a list of packages; within a workspace, and announced for all, an object keyed by name. */
export function readPackReport(answer: unknown): PackReport {
  const given = Object(answer) as PackReport | PackReport[] | Record<string, PackReport>;
  const report = 'filename' in given ? (given as PackReport) : (Object.values(given)[0] as PackReport);
  // npm 7 and 8 printed "@scope/name-1.0.0.tgz" for the file "scope-name-1.0.0.tgz".
  return { ...report, filename: report.filename.replace(/^@/, '').replaceAll('/', '-') };
}

function packError(failure: unknown, directory: string, folder: string): unknown {
  if (!(failure instanceof ManagerFailure)) return failure;
  const { cause, code, isMissing, words } = failure;
  if (code === 'ENOSPC') {
    const hint = 'Free some space there, or write to another disk.';
    return new WriteFailedError({ path: folder, reason: 'the disk is full' }, { cause, hint });
  }
  if (isMissing) {
    return new NpmMissingError({ directory }, { cause, hint: npmMissing });
  }
  return new NpmPackError({ directory, output: words }, { cause });
}
