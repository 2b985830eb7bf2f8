import { findCode, findFusion } from '@factornet/core/internal';
import {
  decodeProbes,
  evaluateFeatures,
  evaluateLogits,
  probeDeviation,
  probeLayout,
} from '@factornet/core/probes';
import { decodeModel } from '@factornet/core/training';
import { type CommonManifest, type FactorManifest, parseManifest } from '@factornet/spec';
import type { Json } from '../damage';
import type { PackageBytes } from './mutant';

/**
 * What in `package.json` is the author's word: no model computes anything else for it, and nothing runs because of it.
 * A package that differs from another in these alone is another package by the same network, and right to accept.
 */
const AUTHORS_WORD = [
  /^(name|version|description|keywords|license|author|contributors|repository|homepage|bugs|funding)(\.|$)/,
  // Where they lead is checked: to the generated module, however it is put.
  /^(sideEffects|files|main|types|exports|publishConfig)(\.|$)/,
  /^factornet\.(backbone|provenance|report|task|logitScale|temperature|compatibility)(\.|$)/,
  /^factornet\.reads\.\d+\.backbone(\.|$)/,
  /^factornet\.narrowing\.(drift|agreement|accuracy)(\.|$)/,
  /^factornet\.probes\.tolerance\./,
  // Length and digest of a file that was signed: what is in it, the networks' answers tell.
  /^factornet\.(model|specific|head)\.(topology|weights)\.(bytes|integrity)$/,
  /^factornet\.probes\.(file\.(bytes|integrity)|count)$/,
  // With the same range for npm, and a network that fits.
  /^factornet\.common\.range$/,
  /^peerDependencies\./,
];

/** Places where two packages differ that are not the author's word. Fields that no reader knows do not count. */
export function differences(good: PackageBytes, mutant: PackageBytes): string[] {
  const [before, after] = [descriptionOf(good), descriptionOf(mutant)];
  return differingPaths(before, after, '').filter((path) => !AUTHORS_WORD.some((word) => word.test(path)));
}

function descriptionOf(files: PackageBytes): Json {
  const json: Json = JSON.parse((files.get('package.json') as Buffer).toString());
  return { ...json, factornet: parseManifest(json.factornet, 'package.json') };
}

function differingPaths(before: Json, after: Json, path: string): string[] {
  if (Object.is(before, after)) return [];
  const records = [before, after].every((value) => typeof value === 'object' && value !== null);
  if (!records || Array.isArray(before) !== Array.isArray(after)) return [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    differingPaths(before[key], after[key], path === '' ? key : `${path}.${key}`),
  );
}

/**
 * How far a mutant's networks, as TensorFlow.js loads them without us, are from what the good package's probes expect on
 * the good package's pictures.
 */
export async function deviationFromGood(good: PackageBytes, mutant: PackageBytes): Promise<number> {
  const manifest = descriptionOf(good).factornet as CommonManifest | FactorManifest;
  const bytes = (files: PackageBytes, name: string) => new Uint8Array(files.get(name) as Buffer);
  const probes = decodeProbes(bytes(good, manifest.probes.file.path), probeLayout(manifest), 'probes');
  const load = (topology: string, weights: string) =>
    decodeModel({ topology: bytes(mutant, topology), weights: bytes(mutant, weights) });
  if (manifest.kind === 'common') {
    const network = await load('common.model.json', 'common.weights.bin');
    const received = await evaluateFeatures(network, manifest.input, probes.pictures);
    network.dispose();
    return probeDeviation(probes.features, received);
  }
  const specific = await load('specific.model.json', 'specific.weights.bin');
  const head = await load('head.model.json', 'head.weights.bin');
  const { input } = manifest.probes;
  const fusion = findFusion(manifest.fusion, 'the good package');
  const code = findCode(manifest.code, 'the good package');
  const factor = { description: manifest, code, fusion, specific, head };
  const received = await evaluateLogits(factor, input, probes.pictures, probes.features);
  specific.dispose();
  head.dispose();
  return probeDeviation(probes.logits ?? [], received);
}
