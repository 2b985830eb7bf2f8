import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { integrityOf } from '@factornet/core/internal';
import { generateDeclarations, generateModule } from '@factornet/packer';
import { describedFiles } from '@factornet/spec/internal';

// biome-ignore lint/suspicious/noExplicitAny: tests break JSON in every place.
export type Json = any;

/** Breaks the package in a folder, in one way. */
export type Damage = (folder: string) => Promise<unknown>;

export const readJson = async (path: string): Promise<Json> => JSON.parse(await readFile(path, 'utf8'));
export const writeJson = (path: string, value: Json) => writeFile(path, JSON.stringify(value, null, 2));

/** Changes `package.json` and nothing else. */
export const inPackage =
  (change: (json: Json) => void): Damage =>
  async (folder) => {
    const path = join(folder, 'package.json');
    const json = await readJson(path);
    change(json);
    await writeJson(path, json);
  };

/** Sets fields of `package.json`; `undefined` removes one. */
export const setFields = (fields: Json) => inPackage((json) => Object.assign(json, fields));

/** Changes the manifest, and generates what follows from it anew. */
export const inManifest =
  (change: (manifest: Json) => void): Damage =>
  async (folder) => {
    await inPackage((json) => change(json.factornet))(folder);
    await generateAgain(folder);
  };

/** Changes a file, and signs it: its length and digest in the manifest are those of the changed file. */
export const inFile =
  (name: string, change: (bytes: Buffer) => Uint8Array | string): Damage =>
  async (folder) => {
    const path = join(folder, name);
    await writeFile(path, change(await readFile(path)));
    await sign(folder, name);
  };

/** Changes a `….model.json`, and signs it. `layer` finds a layer's description by its name. */
export const inTopology = (
  name: string,
  change: (json: Json, layer: (name: string) => Json) => void,
): Damage =>
  inFile(name, (bytes) => {
    const json: Json = JSON.parse(bytes.toString());
    change(json, (wanted) =>
      json.modelTopology.config.layers.find((each: Json) => each.config.name === wanted),
    );
    return JSON.stringify(json);
  });

/** One damage after another. */
export const both =
  (...damages: readonly Damage[]): Damage =>
  async (folder) => {
    for (const damage of damages) await damage(folder);
  };

/** Makes the manifest promise the file that is there, as a package's author would. */
export async function sign(folder: string, name: string): Promise<void> {
  const bytes = new Uint8Array(await readFile(join(folder, name)));
  const integrity = await integrityOf(bytes);
  await inManifest((manifest) => {
    for (const file of describedFiles(manifest)) {
      if (file.path === name) Object.assign(file, { bytes: bytes.length, integrity });
    }
  })(folder);
}

async function generateAgain(folder: string): Promise<void> {
  const { name, version, factornet: manifest } = await readJson(join(folder, 'package.json'));
  const content = { name, version, manifest };
  try {
    await writeFile(join(folder, 'index.js'), generateModule(content));
    await writeFile(join(folder, 'index.d.ts'), generateDeclarations(content));
  } catch (error) {
    // Of a manifest that is none, nothing can be generated: its author would leave the files as they are.
    if (!(error instanceof TypeError)) throw error;
  }
}
