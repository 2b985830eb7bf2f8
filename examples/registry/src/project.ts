import { cp, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, run } from '@factornet/example-pipeline/run';
import { factornet } from './factornet';
import { everything, lastLine, type Transcript } from './transcript';

export type PackageManager = 'npm' | 'pnpm';

/** What a script of the project found out. */
export interface Prediction {
  /** Per task, `[pictures × classes]`. */
  readonly logits: Readonly<Record<string, readonly number[]>>;
  /** `name@version` of the common-knowledge network and of each factor. */
  readonly packages: readonly string[];
}

/** A project outside of the workspace that installs packages of knowledge from a registry. */
export interface Project {
  readonly directory: string;
  /** Adds packages with the project's package manager. It may refuse. */
  add(...specifiers: readonly string[]): Promise<Ended>;
  assembleByName(common: string, factors: readonly string[]): Promise<Prediction>;
  assembleByImport(): Promise<Prediction>;
  /** Adds packages with `factornet add`. */
  addWithFactornet(...specifiers: readonly string[]): Promise<Ended>;
  /** Runs something else of the package manager's. It may fail. */
  ask(...args: readonly string[]): Promise<Ended>;
  /** As `assembleByName`, where it is expected to fail. */
  tryToAssemble(common: string, factors: readonly string[]): Promise<Ended>;
  /** Checks `composition.ts`. */
  compile(): Promise<Ended>;
  remove(): Promise<void>;
}

const root = new URL('../../../', import.meta.url);

/** Installs nothing yet. */
export async function createProject(
  manager: PackageManager,
  registry: string,
  transcript: Transcript,
): Promise<Project> {
  // TypeScript and pnpm name files by their real paths.
  const directory = await realpath(await mkdtemp(join(tmpdir(), `factornet-${manager}-`)));
  await cp(fileURLToPath(new URL('../project/', import.meta.url)), directory, { recursive: true });
  const env = manager === 'pnpm' ? { PATH: await pathWithPnpm(directory) } : {};
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module' };
  await writeFile(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  // Only these scopes come from our registry; TensorFlow.js comes from where it always does.
  const scopes = ['@knowledge', '@factornet'].map((scope) => `${scope}:registry=${registry}`);
  await writeFile(join(directory, '.npmrc'), `${scopes.join('\n')}\naudit=false\nfund=false\n`);
  if (manager === 'pnpm') await writeFile(join(directory, 'pnpm-workspace.yaml'), pnpmSettings);

  const node = (script: string, args: readonly string[], mayFail = false) =>
    transcript.run({
      typed: ['node', script, ...args].join(' '),
      command: process.execPath,
      args: [script, ...args],
      directory,
      mayFail,
      show: mayFail ? errorOf : () => [],
    });
  const predict = async (script: string, args: readonly string[]): Promise<Prediction> => {
    await node(script, ['logits.json', ...args]);
    const prediction = JSON.parse(await readFile(join(directory, 'logits.json'), 'utf8')) as Prediction;
    transcript.say(`  assembled ${prediction.packages.join(' + ')}`);
    return prediction;
  };
  return {
    directory,
    add: (...specifiers) =>
      transcript.run({
        typed: `${manager} ${manager === 'npm' ? 'install' : 'add'} ${specifiers.join(' ')}`,
        command: manager,
        args: [manager === 'npm' ? 'install' : 'add', ...specifiers],
        directory,
        env,
        mayFail: true,
        show: manager === 'npm' ? npmLines : pnpmLines,
      }),
    addWithFactornet: (...specifiers) =>
      factornet(transcript, directory, ['add', ...specifiers, '--yes'], { env, show: everything }),
    ask: (...args) =>
      transcript.run({
        typed: [manager, ...args].join(' '),
        command: manager,
        args,
        directory,
        env,
        mayFail: true,
        show: (lines) => everything(lines).filter((line) => !LOGS.test(line)),
      }),
    assembleByName: (common, factors) => predict('by-name.mjs', [common, ...factors]),
    assembleByImport: () => predict('by-import.mjs', []),
    tryToAssemble: (common, factors) => node('by-name.mjs', ['logits.json', common, ...factors], true),
    compile: () =>
      transcript.run({
        typed: 'tsc --noEmit',
        command: process.execPath,
        args: [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '--pretty', 'false'],
        directory,
        mayFail: true,
        show: compilerLines,
      }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Nobody has to have pnpm installed: npx fetches the version that this workspace uses. */
async function pathWithPnpm(directory: string): Promise<string> {
  const { packageManager } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  const print = ['--yes', `--package=${packageManager}`, '--', 'node', '-p', 'process.env.PATH'];
  return (await run(directory, 'npx', print)).trim();
}

/** pnpm ends with an error at scripts that nobody reviewed, and would itself write down who is younger than a day. */
const pnpmSettings = `allowBuilds:
  core-js: false
minimumReleaseAgeExclude:
  - '@knowledge/*'
  - '@factornet/*'
`;

/** Where npm keeps its logs is of no interest here. */
const LOGS = /complete log of this run|full report|_logs/;

/** What npm installed, or the first reason why it should not have. */
const npmLines = (lines: readonly string[]) => {
  const said = lines.filter((line) => !LOGS.test(line));
  const refusal = said.filter((line) => line.startsWith('npm error'));
  if (refusal.length > 0) return refusal.filter((line) => line.trim() !== 'npm error');
  const first = said.findIndex((line) => line.includes('ERESOLVE'));
  const second = said.findIndex((line, index) => index > first && line.includes('ERESOLVE'));
  const warning = first < 0 ? [] : said.slice(first, second < 0 ? undefined : second);
  return [
    ...warning.filter((line) => line.startsWith('npm warn ') && !line.includes('install-scripts')),
    ...said.filter((line) => /^(added|changed|removed|up to date)/.test(line)),
  ];
};

const pnpmLines = (lines: readonly string[]) => {
  const told = lines.filter((line) => /peer|^[+-] @knowledge/.test(line));
  return told.length > 0 ? told : lastLine(lines);
};

/** Types of whole packages are long: their names tell which is meant. */
const compilerLines = (lines: readonly string[]) =>
  everything(lines).map((line) => line.replaceAll(/(\{ readonly name: "[^"]+";)[^']*'/g, "$1 … }'"));

/** The message of the error that ended a script, without its stack. */
const errorOf = (lines: readonly string[]) => {
  const start = lines.findIndex((line) => /Error: /.test(line));
  const rest = lines.slice(Math.max(0, start));
  const end = rest.findIndex((line) => /^\s+at /.test(line));
  return everything(rest.slice(0, end < 0 ? undefined : end));
};
