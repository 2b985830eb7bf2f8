import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '@factornet/example-pipeline/install';
import { run } from '@factornet/example-pipeline/run';
import { packWorkspacePackages } from '@factornet/example-pipeline/workspace-tarballs';
import type { Measured } from './measured';

/** A project outside of the workspace that has mi, metrics and what they need from npm, and nothing else of ours. */
export interface MeasuringProject {
  readonly directory: string;
  /** Names of the packages in `node_modules/@factornet`. */
  installed(): Promise<string[]>;
  /** Measures in Node. */
  runInNode(backend: string): Promise<Measured>;
  /** Builds the page with Vite, and returns the folder to serve. */
  buildPage(): Promise<string>;
  remove(): Promise<void>;
}

const here = new URL('../', import.meta.url);

/** Makes the project in a temporary folder and installs with npm. */
export async function createMeasuringProject({
  show = false,
}: {
  show?: boolean;
} = {}): Promise<MeasuringProject> {
  const directory = await mkdtemp(join(tmpdir(), 'factornet-measuring-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await cp(fileURLToPath(new URL('consumer/', here)), directory, { recursive: true });
    const manifest = { name: 'measuring', version: '1.0.0', private: true, type: 'module' };
    await writeFile(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const ours = await packWorkspacePackages(['spec', 'core', 'mi', 'metrics'], directory);
    await install(directory, [...ours, ...(await libraries())], { show });
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    directory,
    installed: () => readdir(join(directory, 'node_modules', '@factornet')),
    async runInNode(backend) {
      await run(directory, process.execPath, ['node.js', backend, 'measured.json']);
      return JSON.parse(await readFile(join(directory, 'measured.json'), 'utf8')) as Measured;
    },
    async buildPage() {
      await run(directory, 'npx', ['vite', 'build', 'page']);
      return join(directory, 'page', 'dist');
    },
    remove,
  };
}

/** TensorFlow.js and Vite, in the versions of this example's `package.json`. */
async function libraries(): Promise<string[]> {
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(new URL('package.json', here), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => name.startsWith('@tensorflow/') || name === 'vite')
    .map(([name, range]) => `${name}@${range}`);
}
