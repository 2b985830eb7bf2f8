import { withRunFolder } from '@factornet/core/node';
import { modelBytesOf } from '@factornet/pipeline';
import { packTarball, renewTarballs, type Tarball, tarballFolder } from '@factornet/registry';
import type { CommonManifest, FactorManifest } from '@factornet/spec';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { PackFlags } from '../../options/pack-options';
import { explainMeasured, measuredJson } from '../../packing/explain-measured';
import { type Packed, packNetworks } from '../../packing/pack-networks';
import { formatBytes, formatCount, formatShare } from '../../render/format';
import { numeric, tableOf } from '../../render/table';

type PackFolderFlags = PackFlags & { readonly tarball: boolean };

/** Packs a whole factorization, or one of its networks, and makes tarballs, in a folder that is its own meanwhile. */
export async function packFolder(directory: string, flags: PackFolderFlags, work: Work): Promise<Outcome> {
  return withRunFolder(flags.out, {}, () => packInto(directory, flags, work));
}

async function packInto(directory: string, flags: PackFolderFlags, work: Work): Promise<Outcome> {
  // Packing checks the representation digest and runs golden probes.
  await selectBackend(work);
  const packed = await packNetworks(directory, flags, work);
  const tarballs: (Tarball | undefined)[] = [];
  for (const one of packed) {
    tarballs.push(flags.tarball ? await packTarball(one.directory, tarballFolder(flags.out)) : undefined);
  }
  if (!flags.tarball) await renewTarballs(packed, flags.out);
  const packages = packed.map((one, index) => packageJson(one, tarballs[index]));
  const [measured] = packed.flatMap((one) => one.measured ?? []);
  const table = tableOf(
    [
      'package',
      numeric('parameters'),
      numeric('model files'),
      numeric('tarball'),
      ...narrowedHead(packed),
      'path',
    ],
    packages.map((each, index) => [
      `${each.name}@${each.version}`,
      formatCount(each.parameters),
      formatBytes(each.bytes),
      each.tarballBytes === null ? '–' : formatBytes(each.tarballBytes),
      ...narrowedCells(packed[index]?.manifest, packed),
      each.tarball ?? each.directory,
    ]),
  );
  return {
    json: { packages },
    text: measured === undefined ? table : [table, explainMeasured(measured)],
  };
}

function packageJson({ name, version, manifest, directory, measured }: Packed, tarball: Tarball | undefined) {
  return {
    name,
    version,
    kind: manifest.kind,
    parameters: manifest.parameters,
    bytes: modelBytesOf(manifest),
    dtype: manifest.narrowing?.dtype ?? 'float32',
    narrowing: manifest.narrowing ?? null,
    ...(measured !== undefined && { measured: measuredJson(measured) }),
    directory,
    tarball: tarball?.path ?? null,
    tarballBytes: tarball?.bytes ?? null,
  };
}

/** Columns on what narrowing cost, where there is something to tell. */
function narrowedHead(packed: readonly Packed[]) {
  const narrowings = packed.flatMap(({ manifest }) => manifest.narrowing ?? []);
  if (narrowings.length === 0) return [];
  const accuracy = narrowings.some((each) => each.accuracy !== undefined);
  return ['weights', numeric('drift'), ...(accuracy ? [numeric('accuracy')] : [])];
}

function narrowedCells(manifest: CommonManifest | FactorManifest | undefined, packed: readonly Packed[]) {
  const { dtype, drift, accuracy } = manifest?.narrowing ?? {};
  const told = accuracy && `${formatShare(accuracy.before)} → ${formatShare(accuracy.after)}`;
  const cells = [dtype ?? 'float32', drift?.toPrecision(3) ?? '–', told ?? '–'];
  return cells.slice(0, narrowedHead(packed).length);
}
