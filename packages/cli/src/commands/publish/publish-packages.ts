import { readPackage } from '@factornet/assembler/node';
import { withRunFolder } from '@factornet/core/node';
import { type PublishedTarball, type PublishOptions, publishPackage } from '@factornet/registry';
import { InvalidOptionError, LIMITS } from '@factornet/spec';
import { RegistryError } from '@factornet/spec/publishing';
import { checkPackage } from '@factornet/verifier';
import { satisfies } from 'semver';
import { selectBackend } from '../../backend';
import { commonFolder, isBrick } from '../../bricks/factorization-folder';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { PackFlags } from '../../options/pack-options';
import { packNetworks } from '../../packing/pack-networks';
import { renewTarballs } from '../../packing/renew-tarballs';
import { formatBytes } from '../../render/format';
import { reportSteps } from '../../render/step-progress';
import { numeric, renderTable } from '../../render/table';

export interface PublishFlags
  extends Omit<PackFlags, 'name' | 'out'>,
    Pick<PublishOptions, 'tag' | 'access' | 'provenance' | 'dryRun' | 'otp'> {
  readonly name?: string;
  readonly out?: string;
}

/** A package folder that is to be published. */
interface Candidate {
  readonly directory: string;
  readonly name: string;
  readonly version: string;
  readonly kind: 'common' | 'factor';
  /** The common-knowledge package that a factor goes with. */
  readonly common?: { readonly name: string; readonly range: string };
}

const words: Readonly<Record<PublishedTarball['status'], string>> = {
  published: 'published',
  present: 'there already',
  'dry-run': 'would be published',
};

/**
 * Packs what is not packed yet, verifies everything, and only then publishes, common networks before factors. What the
 * registry has already is left alone, so that a run that failed midway can be repeated.
 */
export async function publishPackages(
  directories: readonly string[],
  flags: PublishFlags,
  work: Work,
): Promise<Outcome> {
  const { name: backend } = await selectBackend(work);
  const candidates = await readCandidates(await packFolders(directories, flags, work));
  const verified = reportSteps(candidates.length, work.log);
  for (const candidate of candidates) {
    await checkPackage(candidate.directory, verifyOptions(candidate, candidates, flags));
    verified(`Verified ${candidate.name}@${candidate.version} on ${backend}`);
  }
  const published = reportSteps(candidates.length, work.log);
  const done: (Candidate & PublishedTarball)[] = [];
  for (const candidate of candidates) {
    try {
      const result = await publishPackage(candidate, publishOptions(flags));
      done.push({ ...candidate, ...result });
      published(`${candidate.name}@${candidate.version}: ${words[result.status]}`);
    } catch (error) {
      throw explainProgress(error, done, candidates.slice(done.length));
    }
  }
  return {
    json: {
      packages: done.map(({ name, version, kind, status, integrity, bytes, directory }) => ({
        ...{ name, version, kind, status, integrity, bytes, directory },
      })),
    },
    text: renderTable(
      ['package', numeric('tarball'), 'status'],
      done.map(({ name, version, bytes, status }) => [
        `${name}@${version}`,
        formatBytes(bytes),
        words[status],
      ]),
    ),
  };
}

/** Package folders as they are; factorizations and single networks as the packages they become. */
async function packFolders(
  directories: readonly string[],
  flags: PublishFlags,
  work: Work,
): Promise<string[]> {
  const folders: string[] = [];
  const isPacked = await Promise.all(
    directories.map(
      async (directory) => !(await isBrick(directory)) && !(await isBrick(commonFolder(directory))),
    ),
  );
  if (isPacked.every(Boolean)) refusePackOptions(directories, flags);
  for (const [index, directory] of directories.entries()) {
    if (isPacked[index]) {
      folders.push(directory);
      continue;
    }
    const { name, out } = flags;
    if (name === undefined || out === undefined) {
      throw new InvalidOptionError({
        option: name === undefined ? '--name' : '--out',
        expected: `given, since ${directory} is not packed yet`,
        received: undefined,
      });
    }
    const packed = await withRunFolder(out, {}, () => packNetworks(directory, { ...flags, name, out }, work));
    for (const one of packed) work.log(`Packed ${one.name}@${one.version} as ${one.directory}`);
    for (const path of await renewTarballs(packed, out)) work.log(`Wrote ${path} anew`);
    folders.push(...packed.map((one) => one.directory));
  }
  return folders;
}

const packOptions = [
  ...['name', 'out', 'scope', 'version', 'previous', 'commonRange', 'commonPackage', 'tolerance'],
  ...['probes', 'data', 'taskName', 'limit', 'license', 'licenseFile'],
] as const;

/** An option that changes nothing would be taken for one that did. */
function refusePackOptions(directories: readonly string[], flags: PublishFlags): void {
  const all: Readonly<Record<string, unknown>> = { ...flags };
  const dtype = flags.dtype === 'float32' ? undefined : 'dtype';
  const given = dtype ?? packOptions.find((option) => all[option] !== undefined);
  if (given === undefined) return;
  throw new InvalidOptionError({
    option: `--${given.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    expected: `left out, since ${directories.join(', ')} ${directories.length === 1 ? 'is' : 'are'} packed already`,
    received: all[given],
  });
}

/** Common networks come first: until they are there, nobody can install their factors. */
async function readCandidates(folders: readonly string[]): Promise<Candidate[]> {
  const candidates = await Promise.all(
    folders.map(async (directory): Promise<Candidate> => {
      const { name, version, manifest } = await readPackage(directory);
      if (manifest.kind === 'common') return { directory, name, version, kind: 'common' };
      return { directory, name, version, kind: 'factor', common: manifest.common };
    }),
  );
  const ofKind = (kind: Candidate['kind']) => candidates.filter((candidate) => candidate.kind === kind);
  return [...ofKind('common'), ...ofKind('factor')];
}

function verifyOptions(candidate: Candidate, candidates: readonly Candidate[], { force }: PublishFlags) {
  const { common: wanted } = candidate;
  const common = candidates.find(
    ({ kind, name, version }) =>
      kind === 'common' &&
      name === wanted?.name &&
      satisfies(version, wanted.range, { includePrerelease: true }),
  );
  return {
    ...(common !== undefined && { common: common.directory }),
    ...(force && { maxBytes: 2 * LIMITS.weightsBytes }),
  };
}

function publishOptions({ registry, tag, access, provenance, dryRun, otp }: PublishFlags): PublishOptions {
  return {
    ...(registry !== undefined && { registry }),
    ...(tag !== undefined && { tag }),
    ...(access !== undefined && { access }),
    ...(provenance !== undefined && { provenance }),
    ...(dryRun !== undefined && { dryRun }),
    ...(otp !== undefined && { otp }),
  };
}

function explainProgress(error: unknown, done: readonly Candidate[], left: readonly Candidate[]): unknown {
  if (!RegistryError.isInstance(error)) return error;
  const list = (candidates: readonly Candidate[]) =>
    candidates.map(({ name, version }) => `${name}@${version}`).join(', ') || 'none';
  const { command, output, hint } = error;
  return new RegistryError(
    { command, output },
    {
      cause: error,
      hint: `${hint ?? ''} Published so far: ${list(done)}; not yet: ${list(left)}. Running this again skips what is there.`.trim(),
    },
  );
}
