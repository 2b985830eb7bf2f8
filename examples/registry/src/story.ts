import type { Ended } from '@factornet/example-pipeline/run';
import { startRegistry } from '@factornet/registry/testing';
import { createAuthor } from './author';
import { type Beginning, begin, type MixedInstallation, mix, upgrade } from './consumer';
import { common } from './names';
import { createProject, type PackageManager, type Prediction, type Project } from './project';
import type { Transcript } from './transcript';

type PerManager<T> = Readonly<Record<PackageManager, T>>;

export interface Story {
  /** Folder with `v1` and `v2`, as they were factorized. */
  readonly author: string;
  readonly beginning: PerManager<Beginning>;
  /** What was measured of each new release. */
  readonly measured: { readonly patch: Ended; readonly minor: Ended; readonly major: Ended };
  /** With the common-knowledge networks 1.0.1 and 1.1.0. */
  readonly upgraded: PerManager<{ readonly patch: Prediction; readonly minor: Prediction }>;
  /** A retrained network that calls itself a minor release. */
  readonly contradicted: Ended;
  readonly mixed: PerManager<MixedInstallation>;
}

export interface StoryOptions {
  readonly transcript: Transcript;
  /** Leaves the projects where they are. */
  readonly keep?: boolean;
  /** Looks at the results while the folders are still there. */
  readonly examine?: (story: Story) => Promise<void>;
}

/** From two factorizations to a mixed installation, on a real registry. */
export async function tellStory({
  transcript,
  keep = false,
  examine = async () => {},
}: StoryOptions): Promise<Story> {
  const registry = await startRegistry();
  const removals: (() => Promise<void>)[] = [];
  const keepOrRemove = <T extends { directory: string; remove(): Promise<void> }>(made: T): T => {
    removals.push(keep ? async () => transcript.say(made.directory) : made.remove);
    return made;
  };
  const forEach = async <T>(body: (project: Project, manager: PackageManager) => Promise<T>) => ({
    npm: await body(projects.npm, 'npm'),
    pnpm: await body(projects.pnpm, 'pnpm'),
  });
  const projects = {} as Record<PackageManager, Project>;
  try {
    transcript.heading(`1. Networks, published on a registry (verdaccio) at ${registry.url}`);
    const author = keepOrRemove(await createAuthor(registry, transcript));
    await author.factorize('v1', 1);
    await author.publish('v1');
    await author.publishFactornet('spec', 'core', 'assembler');

    const beginning = await forEach(async (_, manager) => {
      transcript.heading(`2. A fresh project with ${manager}: three factors, then the fourth`);
      projects[manager] = keepOrRemove(await createProject(manager, registry.url, transcript));
      return begin(projects[manager]);
    });

    transcript.heading('3. Another licence, the same network: a patch');
    const patch = await author.measure('v1', `${common}@1.0.0`);
    await author.publish('v1/common', '--previous', `${common}@1.0.0`, '--license', 'MIT');
    transcript.heading('4. Half the bytes: a minor release, since its features hardly move');
    const minor = await author.measure('v1', `${common}@1.0.1`, '--dtype', 'float16');
    await author.publish('v1/common', '--previous', `${common}@1.0.1`, '--dtype', 'float16');
    const upgraded = await forEach(async (project, manager) => {
      transcript.heading(`5. Factors of 1.0.0 go on working with ${manager}`);
      return { patch: await upgrade(project, '1.0.1'), minor: await upgrade(project, '1.1.0') };
    });

    transcript.heading('6. Trained anew: a major release, whatever its author would call it');
    await author.factorize('v2', 2);
    const major = await author.measure('v2', `${common}@1.1.0`);
    const contradicted = await author.tryToPack(
      'v2/common',
      '--previous',
      `${common}@1.1.0`,
      '--version',
      '1.2.0',
    );
    await author.publish('v2/common', '--previous', `${common}@1.1.0`);
    const mixed = await forEach((project, manager) => {
      transcript.heading(`7. Factors of ^1.0.0 with that network, says ${manager}, and everyone after it`);
      return mix(project, manager, registry.url, transcript);
    });

    const measured = { patch, minor, major };
    const story = { author: author.directory, beginning, measured, upgraded, contradicted, mixed };
    await examine(story);
    return story;
  } finally {
    for (const remove of removals) await remove();
    await registry.stop();
  }
}
