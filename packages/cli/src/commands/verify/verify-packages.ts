import { useBackend } from '@factornet/core';
import { listPackageFolders, type PackagePlace, withPlaces } from '@factornet/registry';
import { BackendUnavailableError, type FactornetError, MissingFileError } from '@factornet/spec';
import { type PackageReport, verifyPackage } from '@factornet/verifier';
import { getBackend } from '@tensorflow/tfjs';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { EXIT_OK, exitCodeOf } from '../../exit-codes';
import type { Outcome } from '../../io';
import { placeOptions } from '../../packages/place-options';
import { errorToJson } from '../../render/error';
import { quietProgress } from '../../render/quiet-progress';
import { reportSteps } from '../../render/step-progress';
import { renderVerification } from './verify-rendering';

export interface VerifyFlags {
  readonly common?: string;
  readonly registry?: string;
  readonly probes: boolean;
  readonly maxBytes?: number;
  readonly probeSeconds?: number;
}

/** Verifies packages, or all that the project at hand depends on. */
export async function verifyPackages(
  packages: readonly string[],
  flags: VerifyFlags,
  work: Work,
): Promise<Outcome> {
  const { common } = flags;
  if (packages.length === 0 && common === undefined)
    return verifyFolders(await projectFolders(), flags, work);
  const named = common === undefined ? packages : [...packages, common];
  return withPlaces(named, placeOptions(flags, work), async (places) => {
    const found = await Promise.all(places.map(folderOf));
    const folders = packages.length > 0 ? found.slice(0, packages.length) : await projectFolders();
    const given = common === undefined ? undefined : found.at(-1)?.folder;
    const distinct = [...new Map(folders.map((each) => [each.folder, each])).values()];
    return verifyFolders(distinct, { ...flags, ...(given !== undefined && { common: given }) }, work);
  });
}

/** A folder, and what its package was called if that is elsewhere. */
interface NamedFolder {
  readonly folder: string;
  readonly source?: string;
}

async function folderOf({ text, origin, folder }: PackagePlace): Promise<NamedFolder> {
  const isHere = origin === 'folder' || origin === 'installed';
  return { folder: await folder(), ...(!isHere && { source: text }) };
}

async function projectFolders(): Promise<NamedFolder[]> {
  return (await listPackageFolders()).map((folder) => ({ folder }));
}

async function verifyFolders(
  folders: readonly NamedFolder[],
  { common, probes, maxBytes, probeSeconds }: VerifyFlags,
  work: Work,
): Promise<Outcome> {
  if (folders.length === 0) {
    throw new MissingFileError(
      { path: 'A package of knowledge among the dependencies of this project' },
      { hint: 'Add one: factornet add <package>. Or name a folder: factornet verify packages/shapes-hue' },
    );
  }
  const options = {
    kinds: work.kinds,
    ...(common !== undefined && { common }),
    probes,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(probeSeconds !== undefined && { probeSeconds }),
  };
  const { name: backend } = await selectBackend(work);
  const verify = async ({ folder, source }: NamedFolder) => {
    const label = source ?? folder;
    const onProgress = quietProgress(
      work.log,
      (done, total) => `golden probes of ${label}: ${done} of ${total}`,
    );
    return { ...(await verifyPackage(folder, { ...options, onProgress })), directory: label };
  };
  const verified = reportSteps(folders.length, work.log);
  const reports: PackageReport[] = [];
  for (const each of folders) {
    const report = await verify(each).catch(async (error: unknown) => {
      // A package before this one broke the backend, which says nothing about this one.
      if (!BackendUnavailableError.isInstance(error) || getBackend() === 'cpu') throw error;
      work.log(`The backend ${getBackend()} failed: packages are verified on cpu from here on.`);
      await useBackend('cpu');
      return verify(each);
    });
    reports.push(report);
    verified(`${report.passed ? 'Verified' : 'Refused'} ${report.name ?? report.directory}`);
  }
  const error = reports.find((report) => report.error !== undefined)?.error;
  return {
    json: { ...(error !== undefined && errorToJson(error)), backend, packages: reports.map(reportToJson) },
    text: renderVerification(reports),
    exitCode: error === undefined ? EXIT_OK : exitCodeOf(error),
  };
}

function reportToJson({ checks, error, ...report }: PackageReport) {
  return {
    ...report,
    checks: checks.map(({ error: reason, ...check }) => ({ ...check, ...jsonOf(reason) })),
    ...jsonOf(error),
  };
}

const jsonOf = (error: FactornetError | undefined) => (error === undefined ? {} : errorToJson(error));
