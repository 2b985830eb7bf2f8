import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FactornetError } from '@factornet/spec';
import spawn, { SubprocessError } from 'nano-spawn';

/** One tarball as `npm publish` would upload it. */
export interface Tarball {
  /** Absolute path of the `.tgz` file. */
  readonly path: string;
  /** Size of the tarball. */
  readonly bytes: number;
  /** Size of its files after installation. */
  readonly unpackedBytes: number;
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
  const flags = ['--json', '--ignore-scripts', '--loglevel=error', '--no-update-notifier'];
  const { filename, size, unpackedSize, files } = parsePackReport(
    await runNpm(['pack', resolve(directory), ...flags, '--pack-destination', folder], resolve(directory)),
  );
  return {
    path: join(folder, filename),
    bytes: size,
    unpackedBytes: unpackedSize,
    files: files.map((file) => file.path).sort(),
  };
}

interface PackReport {
  filename: string;
  size: number;
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

async function runNpm(parameters: readonly string[], directory: string): Promise<string> {
  try {
    return (await spawn('npm', parameters, { cwd: directory })).stdout;
  } catch (cause) {
    if (!(cause instanceof SubprocessError)) throw cause;
    if ((cause.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
      throw new FactornetError('npm-missing', `npm could not be started to pack ${directory}.`, {
        cause,
        hint: 'Check that the folder exists and that npm, which comes with Node, is on the PATH.',
      });
    }
    throw new FactornetError(
      'npm-pack',
      `npm pack failed in ${directory}:\n${cause.stderr || cause.message}`,
      {
        cause,
      },
    );
  }
}
