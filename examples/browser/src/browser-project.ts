import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '@factornet/example-pipeline/install';
import { run } from '@factornet/example-pipeline/run';
import { packWorkspacePackages } from '@factornet/example-pipeline/workspace-tarballs';

/** A project outside of the workspace, with this example's pages and all they need from npm. */
export interface BrowserProject {
  readonly directory: string;
  /** Installs what README.md says of WebGPU. */
  installWebgpu(): Promise<unknown>;
  /** Builds the page of that folder with Vite, and returns the folder to serve. */
  buildWithVite(page: string): Promise<string>;
  /** Builds the page with webpack, and returns the folder to serve. */
  buildWithWebpack(): Promise<string>;
  /** Runs the composition in Node. @param pictures `[pictures × height × width × channels]` */
  runInNode(pictures: readonly number[]): Promise<Readonly<Record<string, readonly number[]>>>;
  remove(): Promise<void>;
}

const here = new URL('../', import.meta.url);
const pages = ['page', 'vite', 'webpack', 'probes', 'node'];
const usual = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', 'vite', 'webpack', 'html-webpack-plugin'];

/**
 * Makes the project in a temporary folder and installs with npm: the packages of knowledge, what of factornet a user
 * needs, TensorFlow.js, and both bundlers: what README.md says, and no more.
 *
 * @param knowledge tarballs of a common-knowledge network and its factors
 */
export async function createBrowserProject(
  knowledge: readonly string[],
  { show = false }: { show?: boolean } = {},
): Promise<BrowserProject> {
  const directory = await mkdtemp(join(tmpdir(), 'factornet-pages-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    for (const folder of pages) {
      await cp(fileURLToPath(new URL(`${folder}/`, here)), join(directory, folder), { recursive: true });
    }
    const manifest = { name: 'pages', version: '1.0.0', private: true, type: 'module' };
    await writeFile(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const ours = await packWorkspacePackages(['spec', 'core', 'assembler'], directory);
    await install(directory, [...ours, ...knowledge, ...(await libraries(usual)), 'webpack-cli@^6.0.1'], {
      show,
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    directory,
    installWebgpu: async () =>
      install(directory, await libraries(['@tensorflow/tfjs-backend-webgpu']), { show }),
    async buildWithVite(page) {
      await run(directory, 'npx', ['vite', 'build', page]);
      return join(directory, page, 'dist');
    },
    async buildWithWebpack() {
      await run(directory, 'npx', ['webpack', '--config', 'webpack/webpack.config.js']);
      return join(directory, 'webpack', 'dist');
    },
    async runInNode(pictures) {
      await writeFile(join(directory, 'pictures.json'), JSON.stringify(pictures));
      await run(directory, process.execPath, ['node/main.js', 'pictures.json', 'logits.json']);
      return JSON.parse(await readFile(join(directory, 'logits.json'), 'utf8'));
    },
    remove,
  };
}

/** In the versions of this example's `package.json`. */
async function libraries(names: readonly string[]): Promise<string[]> {
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(new URL('package.json', here), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  return names.map((name) => `${name}@${{ ...dependencies, ...devDependencies }[name]}`);
}
