import { readPackage } from '@factornet/assembler/node';
import { RegistryError } from '@factornet/spec/publishing';
import { checkPackage } from '@factornet/verifier';
import { type PublishedTarball, type PublishOptions, publishPackage } from '../npm/publish-package';
import type { PublicationStep } from './plan-publication';
import { type LeakageLimit, refuseLeakage } from './refuse-leakage';

export interface PublicationOptions extends PublishOptions {
  /** What a factor may state to tell about another task. Default: no limit. */
  leakage?: LeakageLimit;
  /** What the files of one package may have together. Default 50 MB. */
  maxBytes?: number;
  /** Told after each package that passed. */
  onVerified?: (step: PublicationStep) => void;
  /** Told after each package that is there. */
  onPublished?: (package_: PublicationStep & PublishedTarball) => void;
}

/**
 * Verifies everything on the current backend, and only then publishes, in the plan's order. What the registry has already
 * is left alone, so that a run that failed midway can be repeated.
 *
 * @throws TooMuchLeakageError before anything is verified, if a factor states more than `leakage` allows, or nothing
 * @throws RefusedPackageError, IntegrityError, … of the first package that does not pass; nothing is published then
 * @throws RegistryError with npm's own words, and what was published so far
 * @throws CancelledError
 */
export async function publishPlanned(
  plan: readonly PublicationStep[],
  { maxBytes, leakage, onVerified, onPublished, ...options }: PublicationOptions = {},
): Promise<(PublicationStep & PublishedTarball)[]> {
  if (leakage !== undefined) {
    const packages = await Promise.all(plan.map(({ directory }) => readPackage(directory)));
    refuseLeakage(packages, leakage);
  }
  for (const step of plan) {
    await checkPackage(step.directory, {
      ...(step.common !== undefined && { common: step.common }),
      ...(maxBytes !== undefined && { maxBytes }),
    });
    onVerified?.(step);
  }
  const done: (PublicationStep & PublishedTarball)[] = [];
  for (const step of plan) {
    const published = await publishPackage(step, options).catch((error: unknown) => {
      throw explainProgress(error, done, plan.slice(done.length));
    });
    done.push({ ...step, ...published });
    onPublished?.({ ...step, ...published });
  }
  return done;
}

function explainProgress(
  error: unknown,
  done: readonly PublicationStep[],
  left: readonly PublicationStep[],
): unknown {
  if (!RegistryError.isInstance(error)) return error;
  const list = (steps: readonly PublicationStep[]) =>
    steps.map(({ name, version }) => `${name}@${version}`).join(', ') || 'none';
  const progress = `Published so far: ${list(done)}; not yet: ${list(left)}. Running this again skips what is there.`;
  const { command, output, hint = '' } = error;
  return new RegistryError({ command, output }, { cause: error, hint: `${hint} ${progress}`.trim() });
}
