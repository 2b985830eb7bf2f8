import type { Ended } from '@factornet/example-pipeline/run';
import { backgroundHue, common, four, libraries, three } from './names';
import { createProject, type PackageManager, type Prediction, type Project } from './project';
import type { Transcript } from './transcript';

/** What happens in one project before anything goes wrong. */
export interface Beginning {
  readonly installed: Ended;
  readonly byName: Prediction;
  readonly byImport: Prediction;
  readonly compiled: Ended;
  readonly withFourth: Prediction;
}

/** What everyone says when factors of `^1.0.0` meet a common-knowledge network of 2.0.0. */
export interface MixedInstallation {
  /** The package manager, when the network is upgraded in a project that has the factors. */
  readonly upgraded: Ended;
  /** When asked about that: `npm ls`, `pnpm peers check`. */
  readonly asked: Ended;
  /** When both are asked for in a new project. */
  readonly fresh: Ended;
  readonly compiled: Ended;
  readonly assembled: Ended;
}

/** Installs three factors and assembles them, then adds the fourth. */
export async function begin(project: Project): Promise<Beginning> {
  const installed = await project.add(...libraries, common, ...three);
  const byName = await project.assembleByName(common, three);
  const byImport = await project.assembleByImport();
  const compiled = await project.compile();
  await project.addWithFactornet(backgroundHue);
  return { installed, byName, byImport, compiled, withFourth: await project.assembleByName(common, four) };
}

/** Goes over to a release of the common-knowledge network that the factors fit. */
export async function upgrade(project: Project, version: string): Promise<Prediction> {
  await project.add(`${common}@${version}`);
  return project.assembleByName(common, four);
}

/** Goes over to one that they do not fit, and asks everyone about it. */
export async function mix(
  project: Project,
  manager: PackageManager,
  registry: string,
  transcript: Transcript,
): Promise<MixedInstallation> {
  const upgraded = await project.add(`${common}@2.0.0`);
  // npm 11 warns and goes on; another release might insist.
  if (upgraded.code !== 0) await project.add(`${common}@2.0.0`, '--force');
  const asked = await project.ask(...(manager === 'npm' ? ['ls', common] : ['peers', 'check']));
  const compiled = await project.compile();
  const assembled = await project.tryToAssemble(common, four);
  transcript.say('and in a new project:');
  const other = await createProject(manager, registry, transcript);
  try {
    const fresh = await other.add(`${common}@2.0.0`, ...three);
    return { upgraded, asked, fresh, compiled, assembled };
  } finally {
    await other.remove();
  }
}
