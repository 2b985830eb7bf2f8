import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PublishedPackage } from '../packages/published-package';
import { descriptionOf } from './sample-packages';

/** A project in a temporary folder. */
export interface SampleProject {
  readonly directory: string;
  write(path: string, content: string | object): Promise<string>;
  /** Puts a package where a package manager would. */
  place(one: PublishedPackage): Promise<void>;
  remove(): Promise<void>;
}

export async function sampleProject(description: object): Promise<SampleProject> {
  const directory = await mkdtemp(join(tmpdir(), 'factornet-project-'));
  const write = async (name: string, content: string | object) => {
    const path = join(directory, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  await write('package.json', { name: 'project', private: true, ...description });
  return {
    directory,
    write,
    place: async (one) => {
      await write(join('node_modules', one.name, 'package.json'), descriptionOf(one));
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
