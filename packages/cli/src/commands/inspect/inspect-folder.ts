import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackage } from '@factornet/assembler/node';
import { readPackedFile, readVerified } from '@factornet/core/internal';
import { fileExists, isBrick, readBrickFile } from '@factornet/core/node';
import {
  commonFolder,
  factorFolder,
  findNetwork,
  isTeacher,
  listFactors,
  readTeacherManifest,
} from '@factornet/factorizer/node';
import { type PackagePlace, parseSpecifier, withPlaces } from '@factornet/registry';
import { type FileDescription, type KindOptions, MissingFileError, type ModelFiles } from '@factornet/spec';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import { placeOptions } from '../../packages/place-options';
import { formatBytes } from '../../render/format';
import { numeric, renderFacts, type Table, tableOf } from '../../render/table';
import { commonFacts, type Facts, factorFacts, teacherFacts } from './facts';

interface Found {
  readonly manifest: object;
  readonly facts: Facts;
  readonly models: readonly ModelFiles[];
  /** Whether it is a package, whose files are no links. */
  readonly packed?: boolean;
}

/**
 * Tells what a package is, or what lies in a folder; what is no folder here is fetched or unpacked for it.
 *
 * @throws as {@link inspectFolder}, and InvalidOptionError, RegistryError
 */
export async function inspect(
  text: string,
  flags: { readonly registry?: string },
  work: Work,
): Promise<Outcome> {
  const isFolder = parseSpecifier(text).form === 'folder';
  if (isFolder || (await stat(text).catch(() => undefined))?.isDirectory()) return inspectFolder(text, work);
  return withPlaces([text], placeOptions(flags, work), async ([place]) => {
    const { folder, origin } = place as PackagePlace;
    const directory = await folder();
    const { json, ...told } = await inspectFolder(directory, work);
    return { ...told, json: { ...json, directory: origin === 'installed' ? directory : text } };
  });
}

/**
 * Tells what lies in a folder, after its files were checked against their digests: a teacher, a network, a package, or
 * all networks of a factorization.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, RefusedPackageError
 */
export async function inspectFolder(directory: string, { kinds }: KindOptions = {}): Promise<Outcome> {
  const named = [isTeacher(directory), isBrick(directory), fileExists(join(directory, 'package.json'))];
  const isOne = (await Promise.all(named)).includes(true) || (await findNetwork(directory)) === undefined;
  return isOne ? inspectOne(directory, kinds) : inspectFactorization(directory, kinds);
}

/** The common network, if it is there, and every factor. */
async function inspectFactorization(directory: string, kinds: KindOptions['kinds']): Promise<Outcome> {
  const tasks = await listFactors(directory);
  const common = (await isBrick(commonFolder(directory)))
    ? [await inspectOne(commonFolder(directory), kinds)]
    : [];
  const factors = await Promise.all(tasks.map((task) => inspectOne(factorFolder(directory, task), kinds)));
  return {
    json: {
      directory,
      kind: 'factorization',
      common: common[0]?.json ?? null,
      factors: Object.fromEntries(factors.map(({ json }, index) => [tasks[index], json])),
    },
    text: [...common, ...factors].flatMap(({ text }, index) => (index === 0 ? [text] : ['', text])),
  };
}

async function inspectOne(directory: string, kinds: KindOptions['kinds']): Promise<Outcome> {
  const { manifest, facts, models, packed = false } = await readFolder(directory, kinds);
  const files = models.flatMap(({ topology, weights }) => [topology, weights]);
  const read = packed ? readPackedFile : readVerified;
  for (const file of files) await read(file, (name) => pathToFileURL(join(directory, name)));
  return {
    json: { directory, ...manifest, verified: files.map(({ path }) => path) },
    text: [renderFacts(facts), renderFiles(files)],
  };
}

async function readFolder(directory: string, kinds: KindOptions['kinds']): Promise<Found> {
  if (await isTeacher(directory)) {
    const manifest = await readTeacherManifest(directory, { kinds });
    return { manifest, facts: teacherFacts(manifest, kinds), models: [manifest.model] };
  }
  if (await isBrick(directory)) {
    const brick = await readBrickFile(directory, { kinds });
    return brick.kind === 'common'
      ? { manifest: brick, facts: commonFacts(brick.description), models: [brick.model] }
      : {
          manifest: brick,
          facts: factorFacts(brick.description, kinds),
          models: [brick.specific, brick.head],
        };
  }
  if (!(await fileExists(join(directory, 'package.json')))) {
    throw new MissingFileError(
      { path: join(directory, '{teacher,brick,package}.json') },
      {
        hint: 'Name the folder of a teacher, of a factorization, of one of its networks (out/common, out/factors/shape) or of a package.',
      },
    );
  }
  const { name, version, manifest } = await readPackage(directory, { kinds });
  const identity: Facts = [['package', `${name}@${version}`]];
  if (manifest.kind === 'common') {
    const facts = [...identity, ...commonFacts(manifest)];
    return { manifest: { name, version, ...manifest }, facts, models: [manifest.model], packed: true };
  }
  const { common, specific, head } = manifest;
  const facts: Facts = [
    ...identity,
    ['works with', `${common.name}@${common.range}`],
    ...factorFacts({ ...manifest, representation: common.representation }, kinds),
  ];
  return { manifest: { name, version, ...manifest }, facts, models: [specific, head], packed: true };
}

function renderFiles(files: readonly FileDescription[]): Table {
  return tableOf(
    ['file', numeric('bytes'), 'digest'],
    files.map(({ path, bytes, integrity }) => [path, formatBytes(bytes), `${integrity.slice(0, 23)}… ok`]),
  );
}
