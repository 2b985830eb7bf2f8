import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JointAnswers } from '@factornet/pipeline';
import { install } from './install';
import { run } from './run';

/** What the consumer's `main.mjs` wrote. */
export interface ConsumerOutputs {
  readonly backend: string;
  /** Per task, `[pictures × classes]`. */
  readonly logits: Readonly<Record<string, readonly number[]>>;
  /** Where all factors are for some classes of one label space. */
  readonly joint?: JointAnswers;
  readonly commonEvaluationsPerInput: number;
  readonly secondsToAssemble: number;
  readonly secondsToPredict: number;
}

/** A project in a temporary folder outside the workspace that knows factornet only from tarballs. */
export interface ConsumerProject {
  readonly directory: string;
  install(...specifiers: readonly string[]): Promise<void>;
  /** Assembles the packages of these names and runs them on the pictures. */
  assemble(common: string, factors: readonly string[]): Promise<ConsumerOutputs>;
  remove(): Promise<void>;
}

/** @param pictures `[pictures, height, width, channels]` in [0, 1] */
export async function createConsumerProject(pictures: Float32Array): Promise<ConsumerProject> {
  const directory = await mkdtemp(join(tmpdir(), 'factornet-consumer-'));
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module' };
  await writeFile(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await copyFile(
    fileURLToPath(new URL('../consumer/main.mjs', import.meta.url)),
    join(directory, 'main.mjs'),
  );
  await writeFile(join(directory, 'pictures.bin'), new Uint8Array(pictures.buffer));
  return {
    directory,
    install: (...specifiers) => install(directory, specifiers, { show: true }),
    async assemble(common, factors) {
      await run(directory, process.execPath, ['main.mjs', common, ...factors]);
      return JSON.parse(await readFile(join(directory, 'outputs.json'), 'utf8')) as ConsumerOutputs;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
