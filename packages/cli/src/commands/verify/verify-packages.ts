import { useBackend } from '@factornet/core';
import { listPackageFolders } from '@factornet/registry';
import { BackendUnavailableError, type FactornetError, MissingFileError } from '@factornet/spec';
import { type PackageReport, verifyPackage } from '@factornet/verifier';
import { getBackend } from '@tensorflow/tfjs';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { EXIT_OK, exitCodeOf } from '../../exit-codes';
import type { Outcome } from '../../io';
import { locateFolder } from '../../packages/verify-locate';
import { errorToJson } from '../../render/error';
import { quietProgress } from '../../render/quiet-progress';
import { reportSteps } from '../../render/step-progress';
import { renderVerification } from './verify-rendering';

export interface VerifyFlags {
  readonly common?: string;
  readonly probes: boolean;
  readonly maxBytes?: number;
  readonly probeSeconds?: number;
}

/** Verifies packages by folder or installed name, or all that the project at hand depends on. */
export async function verifyPackages(
  packages: readonly string[],
  { common, probes, maxBytes, probeSeconds }: VerifyFlags,
  work: Work,
): Promise<Outcome> {
  const folders = packages.length > 0 ? await locateAll(packages) : await listPackageFolders();
  if (folders.length === 0) {
    throw new MissingFileError(
      { path: 'A package of knowledge among the dependencies of this project' },
      { hint: 'Add one: factornet add <package>. Or name a folder: factornet verify packages/shapes-hue' },
    );
  }
  const options = {
    ...(common !== undefined && { common: await locateFolder(common) }),
    probes,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(probeSeconds !== undefined && { probeSeconds }),
  };
  const { name: backend } = await selectBackend(work);
  const verify = (folder: string) =>
    verifyPackage(folder, {
      ...options,
      onProgress: quietProgress(work.log, (done, total) => `golden probes of ${folder}: ${done} of ${total}`),
    });
  const verified = reportSteps(folders.length, work.log);
  const reports: PackageReport[] = [];
  for (const folder of folders) {
    const report = await verify(folder).catch(async (error: unknown) => {
      // A package before this one broke the backend, which says nothing about this one.
      if (!BackendUnavailableError.isInstance(error) || getBackend() === 'cpu') throw error;
      work.log(`The backend ${getBackend()} failed: packages are verified on cpu from here on.`);
      await useBackend('cpu');
      return verify(folder);
    });
    reports.push(report);
    verified(`${report.passed ? 'Verified' : 'Refused'} ${report.name ?? folder}`);
  }
  const error = reports.find((report) => report.error !== undefined)?.error;
  return {
    json: { ...(error !== undefined && errorToJson(error)), backend, packages: reports.map(reportToJson) },
    text: renderVerification(reports),
    exitCode: error === undefined ? EXIT_OK : exitCodeOf(error),
  };
}

async function locateAll(packages: readonly string[]): Promise<string[]> {
  return [...new Set(await Promise.all(packages.map((each) => locateFolder(each))))];
}

function reportToJson({ checks, error, ...report }: PackageReport) {
  return {
    ...report,
    checks: checks.map(({ error: reason, ...check }) => ({ ...check, ...jsonOf(reason) })),
    ...jsonOf(error),
  };
}

const jsonOf = (error: FactornetError | undefined) => (error === undefined ? {} : errorToJson(error));
