import { join, resolve } from 'node:path';
import type { CodeOptions, FusionOptions } from '@factornet/core';
import { findCode, findFusion, readPackageJson } from '@factornet/core/internal';
import type { PackageContent } from '@factornet/packer';
import {
  type CommonManifest,
  type FactorManifest,
  InvalidManifestError,
  type KindOptions,
  LIMITS,
  parseManifest,
} from '@factornet/spec';
import { ones, ready, tidy } from '@tensorflow/tfjs';
import { readFiles } from './files/read-files';
import { listFolder } from './folder/list-folder';
import { checkGenerated } from './generated/check-generated';
import { checkAgainstManifest } from './package-json/check-against-manifest';
import { checkPackageJson } from './package-json/check-package-json';
import type { PackageJson } from './package-json/package-json';
import { startProtocol } from './protocol';
import type { PackageReport } from './report';
import { verifyModels } from './verify-models';

export interface VerifyOptions extends CodeOptions, FusionOptions, KindOptions {
  /**
   * Folder of the common-knowledge package to check a factor with. Default: the one that is installed, or that lies
   * beside it. `false`: none.
   */
  common?: string | false;
  /** Whether models are run on the current backend. Default true. */
  probes?: boolean;
  /** Seconds that golden probes may take together. Default 120. */
  probeSeconds?: number;
  /** Told after every golden probe. */
  onProgress?: (done: number, total: number) => void;
  /** What the files of the package may have together. Default 50 MB, as for `factornet pack`. */
  maxBytes?: number;
}

/**
 * Verifies a package of knowledge in a folder, without running any of its code: what is in the folder and in
 * `package.json`, the manifest, every file's digest, what the models consist of and compute, and golden probes on the
 * current backend. A package that breaks a rule is refused before anything is allocated for what comes after.
 *
 * Never throws for what the package is like: {@link checkPackage} does.
 *
 * @throws BackendUnavailableError if the backend failed before: that says nothing about this package
 * @example
 * await useBackend('wasm');
 * const { passed, checks } = await verifyPackage('node_modules/@scope/shape');
 */
export async function verifyPackage(
  directory: string,
  {
    common,
    probes = true,
    maxBytes = LIMITS.packageBytes,
    probeSeconds = 120,
    onProgress,
    codes,
    fusions,
    kinds,
  }: VerifyOptions = {},
): Promise<PackageReport> {
  const folder = resolve(directory);
  const description = join(folder, 'package.json');
  const protocol = startProtocol();
  const report = { directory: folder };
  const finish = (known: Partial<PackageReport>): PackageReport => {
    const checks = protocol.finish();
    const error = checks.find(({ status }) => status === 'failed')?.error;
    return { ...report, ...known, passed: protocol.passed, checks, ...(error !== undefined && { error }) };
  };

  const listing = await protocol.run(
    'folder',
    () => listFolder(folder, maxBytes),
    (files) => `${files.size} files, ${[...files.values()].reduce((sum, size) => sum + size, 0)} bytes`,
  );
  if (listing === undefined) return finish({});

  const json = await protocol.run(
    'package-json',
    async () => {
      const found = await readPackageJson(description);
      checkPackageJson(found, description);
      return found;
    },
    () => 'nothing runs on install, nothing is installed with it',
  );
  if (json === undefined) return finish({});
  const { name, version } = json as { name: string; version: string };

  const manifest = await protocol.run(
    'manifest',
    () => readManifest(json, description, { codes, fusions, kinds }),
    ({ kind, spec }) => `${kind}, specification ${spec}`,
  );
  if (manifest === undefined) return finish({ name, version });
  // As it is written: fields that this release does not know are in the generated module, too.
  const content: PackageContent = { name, version, manifest: json.factornet as typeof manifest };
  const known = { name, version, kind: manifest.kind };

  await protocol.run(
    'generated-module',
    () => checkGenerated(folder, content),
    (bytes) => `${bytes} bytes, as the manifest generates them`,
  );
  const files = await protocol.run(
    'files',
    () => readFiles(folder, manifest, listing),
    ({ size }) => `${size} files with the digests of the manifest`,
  );
  if (files === undefined || !protocol.passed) return finish(known);

  await ready();
  // One that failed on a package before would make this one look bad.
  tidy(() => void ones([1]).square());
  const backend = await verifyModels({
    ...{ protocol, content, files, directory: folder, common, probes, codes, fusions, kinds },
    budget: { seconds: probeSeconds, onProgress },
  });
  return finish({ ...known, ...(backend !== undefined && { backend }) });
}

/**
 * As {@link verifyPackage}, for a program that goes on with what passed.
 *
 * @throws the error of the first check that failed
 */
export async function checkPackage(directory: string, options: VerifyOptions = {}): Promise<PackageReport> {
  const report = await verifyPackage(directory, options);
  if (report.error !== undefined) throw report.error;
  return report;
}

function readManifest(
  json: PackageJson,
  source: string,
  { codes, fusions, kinds }: CodeOptions & FusionOptions & KindOptions,
): CommonManifest | FactorManifest {
  if (json.factornet === undefined) {
    throw new InvalidManifestError(
      { source, issues: ['factornet: expected a manifest, found none'] },
      { hint: 'It is an ordinary npm package; name one that `factornet pack` made.' },
    );
  }
  const manifest = parseManifest(json.factornet, source, kinds);
  checkAgainstManifest(json, manifest, source);
  if (manifest.kind === 'factor') {
    findFusion(manifest.fusion, source, { fusions });
    findCode(manifest.code, source, { codes });
  }
  return manifest;
}
