import { readPackage } from '@factornet/assembler/node';
import { isBrick, withRunFolder } from '@factornet/core/node';
import { commonFolder } from '@factornet/factorizer/node';
import {
  type LeakageLimit,
  type PublicationOptions,
  type PublishedTarball,
  type PublishOptions,
  planPublication,
  publishPlanned,
  renewTarballs,
  withPlaces,
} from '@factornet/registry';
import { InvalidOptionError, LIMITS } from '@factornet/spec';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { PackFlags } from '../../options/pack-options';
import { placeOptions } from '../../packages/place-options';
import { packNetworks } from '../../packing/pack-networks';
import { formatBytes } from '../../render/format';
import { reportSteps } from '../../render/step-progress';
import { numeric, tableOf } from '../../render/table';

export interface PublishFlags
  extends Omit<PackFlags, 'name' | 'out'>,
    Pick<PublishOptions, 'tag' | 'access' | 'provenance' | 'dryRun' | 'otp'>,
    Partial<Pick<LeakageLimit, 'maxLeakage'>> {
  readonly maxLeakageProbe?: string;
  readonly name?: string;
  readonly out?: string;
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
  const options = publishOptions(flags);
  const { name: backend } = await selectBackend(work);
  const isPacked = await Promise.all(directories.map(async (each) => !(await isFactorized(each))));
  if (isPacked.every(Boolean)) refusePackOptions(directories, flags);
  const packages = directories.filter((_, index) => isPacked[index]);
  return withPlaces(packages, placeOptions(flags, work), async (places) => {
    const folders = new Map<string, string>();
    for (const [index, directory] of directories.entries()) {
      const place = places[packages.indexOf(directory)];
      if (isPacked[index] && place !== undefined) {
        const folder = await place.folder();
        // What was fetched is called as it was named.
        folders.set(folder, place.origin === 'folder' || place.origin === 'installed' ? folder : place.text);
      } else {
        for (const folder of await packFolder(directory, flags, work)) folders.set(folder, folder);
      }
    }
    return publishFolders(folders, options, { ...work, backend });
  });
}

/** @param folders each with what it is called */
async function publishFolders(
  folders: ReadonlyMap<string, string>,
  options: PublicationOptions,
  { io, log, backend }: Work & { readonly backend: string },
): Promise<Outcome> {
  const plan = planPublication(
    await Promise.all(
      [...folders.keys()].map(async (directory) => ({ directory, ...(await readPackage(directory)) })),
    ),
  );
  const steps = () => reportSteps(plan.length, log);
  const verified = steps();
  let published = verified;
  const done = await publishPlanned(plan, {
    ...options,
    ...(io.signal !== undefined && { signal: io.signal }),
    onVerified({ name, version }) {
      verified(`Verified ${name}@${version} on ${backend}`);
      // Its clock starts when everything is verified.
      published = steps();
    },
    onPublished: ({ name, version, status }) => published(`${name}@${version}: ${words[status]}`),
  });
  return {
    json: {
      packages: done.map(({ name, version, kind, status, integrity, bytes, directory }) => ({
        ...{ name, version, kind, status, integrity, bytes },
        directory: folders.get(directory),
      })),
    },
    text: tableOf(
      ['package', numeric('tarball'), 'status'],
      done.map(({ name, version, bytes, status }) => [
        `${name}@${version}`,
        formatBytes(bytes),
        words[status],
      ]),
    ),
  };
}

async function isFactorized(directory: string): Promise<boolean> {
  return (await isBrick(directory)) || (await isBrick(commonFolder(directory)));
}

/** Packs a factorization or a single network. @returns the folders of its packages */
async function packFolder(directory: string, flags: PublishFlags, work: Work): Promise<string[]> {
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
  return packed.map((one) => one.directory);
}

const packOptions = [
  ...['name', 'out', 'scope', 'version', 'previous', 'commonRange', 'commonPackage', 'tolerance'],
  ...['probes', 'data', 'taskName', 'limit', 'license', 'licenseFile'],
  ...['repository', 'description', 'author'],
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

function publishOptions(flags: PublishFlags): PublicationOptions {
  const { registry, tag, access, provenance, dryRun, otp, force, maxLeakage, maxLeakageProbe: probe } = flags;
  if (probe !== undefined && maxLeakage === undefined) {
    const expected = 'given with --max-leakage, which says how much is allowed';
    throw new InvalidOptionError({ option: '--max-leakage-probe', expected, received: probe });
  }
  return {
    ...(force && { maxBytes: 2 * LIMITS.weightsBytes }),
    ...(registry !== undefined && { registry }),
    ...(tag !== undefined && { tag }),
    ...(access !== undefined && { access }),
    ...(provenance !== undefined && { provenance }),
    ...(dryRun !== undefined && { dryRun }),
    ...(otp !== undefined && { otp }),
    ...(maxLeakage !== undefined && { leakage: { maxLeakage, probe } }),
  };
}
