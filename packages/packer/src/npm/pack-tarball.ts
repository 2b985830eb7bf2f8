import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FactornetError } from '@factornet/spec';
import { impatient, NpmFailure, type NpmOptions, npmMissing, runNpm } from './run-npm';

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
 * equal bytes.
 *
 * @throws FactornetError with code `npm-missing` if there is no npm, `npm-pack` with npm's words if it fails
 * @example
 * const { path, bytes } = await packTarball('out/ckn', 'out');
 */
export async function packTarball(directory: string, destination: string): Promise<Tarball> {
  const folder = resolve(destination);
  await mkdir(folder, { recursive: true });
  return runPack(directory, ['--pack-destination', folder], folder);
}

/** What {@link packTarball} would write, without writing it: for its size and integrity. */
export async function describeTarball(directory: string): Promise<Omit<Tarball, 'path'>> {
  const { path: _, ...described } = await runPack(directory, ['--dry-run'], '');
  return described;
}

/** Downloads the tarball that a specifier names. @throws NpmFailure */
export async function downloadTarball(
  specifier: string,
  destination: string,
  options: NpmOptions,
): Promise<{ name: string; path: string }> {
  const flags = ['--json', '--pack-destination', destination, ...impatient];
  const { name, filename } = parsePackReport(await runNpm(['pack', specifier, ...flags], options));
  return { name, path: join(destination, filename) };
}

async function runPack(directory: string, flags: readonly string[], folder: string): Promise<Tarball> {
  const source = resolve(directory);
  try {
    const report = parsePackReport(await runNpm(['pack', source, '--json', ...flags], { cwd: source }));
    return {
      path: join(folder, report.filename),
      bytes: report.size,
      unpackedBytes: report.unpackedSize,
      integrity: report.integrity,
      files: report.files.map((file) => file.path).sort(),
    };
  } catch (failure) {
    throw packError(failure, source);
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
export function parsePackReport(output: string): PackReport {
  const start = output.search(/[[{]/);
  const parsed = JSON.parse(output.slice(start)) as PackReport | PackReport[] | Record<string, PackReport>;
  const report = 'filename' in parsed ? (parsed as PackReport) : (Object.values(parsed)[0] as PackReport);
  // npm 7 and 8 printed "@scope/name-1.0.0.tgz" for the file "scope-name-1.0.0.tgz".
  return { ...report, filename: report.filename.replace(/^@/, '').replaceAll('/', '-') };
}

function packError(failure: unknown, directory: string): unknown {
  if (!(failure instanceof NpmFailure)) return failure;
  const { cause, isMissing, words } = failure;
  if (isMissing) {
    return new FactornetError('npm-missing', `npm could not be started to pack ${directory}.`, {
      cause,
      hint: npmMissing,
    });
  }
  return new FactornetError('npm-pack', `npm pack failed in ${directory}:\n${words}`, { cause });
}
