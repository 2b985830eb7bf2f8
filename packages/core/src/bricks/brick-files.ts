import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CommonDescription,
  type FactorDescription,
  InvalidManifestError,
  MissingFileError,
  type ModelFiles,
  NewerSpecError,
  SPEC_VERSION,
} from '@factornet/spec';
import { readModel } from '../model-files/read-model';
import { writeJson, writeModel } from '../model-files/write-model';
import type { CommonNetwork, FactorNetwork } from './bricks';

const FILE = 'brick.json';

/** `brick.json` of a common-knowledge network that has not been packed yet. */
export interface CommonBrickFile {
  spec: typeof SPEC_VERSION;
  kind: 'common';
  description: CommonDescription;
  model: ModelFiles;
}

/** `brick.json` of a factor that has not been packed yet. */
export interface FactorBrickFile {
  spec: typeof SPEC_VERSION;
  kind: 'factor';
  description: FactorDescription;
  specific: ModelFiles;
  head: ModelFiles;
}

/** Writes a network as a folder: `brick.json` last, so that a folder with one is complete. */
export async function writeBrick(brick: CommonNetwork | FactorNetwork, directory: string): Promise<void> {
  const file: CommonBrickFile | FactorBrickFile =
    'network' in brick
      ? {
          spec: SPEC_VERSION,
          kind: 'common',
          description: brick.description,
          model: await writeModel(brick.network, directory, 'common'),
        }
      : {
          spec: SPEC_VERSION,
          kind: 'factor',
          description: brick.description,
          specific: await writeModel(brick.specific, directory, 'specific'),
          head: await writeModel(brick.head, directory, 'head'),
        };
  await writeJson(join(directory, FILE), file);
}

/**
 * Reads what {@link writeBrick} wrote.
 *
 * @throws MissingFileError, IntegrityError, NewerSpecError, InvalidManifestError
 */
export async function readBrick(directory: string): Promise<CommonNetwork | FactorNetwork> {
  const file = await readBrickFile(directory);
  const locate = (name: string) => pathToFileURL(join(directory, name));
  if (file.kind === 'common') {
    return { description: file.description, network: await readModel(file.model, locate) };
  }
  return {
    description: file.description,
    specific: await readModel(file.specific, locate),
    head: await readModel(file.head, locate),
  };
}

/** The description of a brick folder, without its weights. */
export async function readBrickFile(directory: string): Promise<CommonBrickFile | FactorBrickFile> {
  const path = join(directory, FILE);
  let file: CommonBrickFile | FactorBrickFile;
  try {
    file = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new InvalidManifestError({ source: path, issues: ['not JSON'] }, { cause });
    }
    throw new MissingFileError(
      { path },
      {
        cause,
        hint: 'Name a folder that `factornet factorize` wrote, e.g. out/common or out/factors/shape.',
      },
    );
  }
  if (file.spec > SPEC_VERSION) {
    throw new NewerSpecError({ source: path, version: file.spec, supported: SPEC_VERSION });
  }
  if (file.kind !== 'common' && file.kind !== 'factor') {
    throw new InvalidManifestError({ source: path, issues: ['kind: expected "common" or "factor"'] });
  }
  return file;
}
