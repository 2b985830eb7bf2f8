import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  InvalidManifestError,
  InvalidOptionError,
  type KindOptions,
  LIMITS,
  MissingFileError,
  SPEC_VERSION,
} from '@factornet/spec';
import { type CommonBrickFile, type FactorBrickFile, parseBrickFile } from '@factornet/spec/training';
import type { LayersModel } from '@tensorflow/tfjs';
import { fileExists } from '../files/file-exists';
import { writeFiles } from '../files/write-files';
import { jsonBytes } from '../files/write-text';
import { parseJson } from '../model-files/parse-json';
import { readBytes } from '../model-files/read-bytes';
import { readModel } from '../model-files/read-model';
import { storableFiles } from '../model-files/write-model';
import type { Brick } from './bricks';
import { type CodeOptions, findCode } from './codes/find-code';
import { type FusionOptions, findFusion } from './fusions/find-fusion';

const FILE = 'brick.json';

/**
 * Writes a network as a folder, whole or not at all: `brick.json` goes first and comes last, so that a folder with one is
 * complete, and a network that was there before stays until all of the new one is on the disk.
 *
 * @throws UnstorableModelError, WriteFailedError, DisposedError
 * @throws InvalidOptionError if a factor's fusion or code is another than its description says
 */
export async function writeBrick(brick: Brick, directory: string): Promise<void> {
  const files = new Map<string, Uint8Array>();
  const add = async (model: LayersModel, name: string) => {
    const stored = await storableFiles(model, name);
    for (const [path, bytes] of stored.files) files.set(path, bytes);
    return stored.described;
  };
  const file: CommonBrickFile | FactorBrickFile =
    brick.kind === 'common'
      ? {
          spec: SPEC_VERSION,
          kind: 'common',
          description: brick.description,
          model: await add(brick.network, 'common'),
        }
      : {
          spec: SPEC_VERSION,
          kind: 'factor',
          description: brick.description,
          specific: await add(brick.specific, 'specific'),
          head: await add(brick.head, 'head'),
        };
  refuseOtherPlugIns(brick);
  files.set(FILE, jsonBytes(file));
  await writeFiles(directory, files);
}

/** A file names its fusion and its code, and is read with those of that name. @throws InvalidOptionError */
function refuseOtherPlugIns(brick: Brick): void {
  if (brick.kind !== 'factor') return;
  for (const option of ['code', 'fusion'] as const) {
    const { type } = brick.description[option];
    if (brick[option].type === type) continue;
    const expected = `"${type}", as the factor's description says`;
    throw new InvalidOptionError({ option, expected, received: brick[option].type });
  }
}

/**
 * Reads what {@link writeBrick} wrote.
 *
 * @param options `kind` refuses the other one, before its weights are read
 * @throws MissingFileError, IntegrityError, NewerSpecError, InvalidManifestError
 */
export async function readBrick<Kind extends Brick['kind'] = Brick['kind']>(
  directory: string,
  { kind: wanted, ...options }: CodeOptions & FusionOptions & KindOptions & { readonly kind?: Kind } = {},
): Promise<Extract<Brick, { kind: Kind }>> {
  const brick = await readEither(directory, wanted, options);
  return brick as Extract<Brick, { kind: Kind }>;
}

async function readEither(
  directory: string,
  wanted: Brick['kind'] | undefined,
  options: CodeOptions & FusionOptions & KindOptions,
): Promise<Brick> {
  const file = await readBrickFile(directory, options);
  if (wanted !== undefined && file.kind !== wanted) {
    const issues = [`kind: expected "${wanted}", found "${file.kind}"`];
    throw new InvalidManifestError({ source: join(directory, FILE), issues });
  }
  const locate = (name: string) => pathToFileURL(join(directory, name));
  if (file.kind === 'common') {
    return { kind: 'common', description: file.description, network: await readModel(file.model, locate) };
  }
  const { kind, description } = file;
  const fusion = findFusion(description.fusion, directory, options);
  const code = findCode(description.code, directory, options);
  const specific = await readModel(file.specific, locate);
  try {
    return { kind, description, code, fusion, specific, head: await readModel(file.head, locate) };
  } catch (error) {
    specific.dispose();
    throw error;
  }
}

/** Whether a folder is one that {@link writeBrick} wrote. */
export async function isBrick(directory: string): Promise<boolean> {
  return fileExists(join(directory, FILE));
}

/**
 * The description of a brick folder, without its weights.
 *
 * @throws MissingFileError, NewerSpecError, InvalidManifestError
 */
export async function readBrickFile(
  directory: string,
  { kinds }: KindOptions = {},
): Promise<CommonBrickFile | FactorBrickFile> {
  const path = join(directory, FILE);
  let text: string;
  try {
    text = new TextDecoder().decode(await readBytes(pathToFileURL(path), LIMITS.packageJsonBytes));
  } catch (cause) {
    const hint = 'Name a folder that `factornet factorize` wrote, e.g. out/common or out/factors/shape.';
    throw new MissingFileError({ path }, { cause, hint });
  }
  let value: unknown;
  try {
    value = parseJson(text, path);
  } catch (cause) {
    throw new InvalidManifestError({ source: path, issues: ['not JSON'] }, { cause });
  }
  return parseBrickFile(value, path, kinds);
}
