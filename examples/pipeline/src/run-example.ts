import { resolve } from 'node:path';
import { baselineNames } from '@factornet/pipeline';
import { CancelledError, FactornetError } from '@factornet/spec';
import { Command, InvalidArgumentError } from 'commander';
import type { PipelineOptions } from './pipeline-options';
import { runPipeline } from './run-pipeline';

/** What a reader can change from the command line. */
export type ExampleSettings = Pick<PipelineOptions, 'keep' | 'signal'> &
  Partial<Pick<PipelineOptions, 'epochs' | 'seed' | 'outDirectory'>>;

export interface ExampleFlags {
  keep: boolean;
  json: boolean;
  students: boolean;
  epochs?: number;
  seed?: number;
  out?: string;
  data?: string;
  retrain?: boolean;
  limit?: number;
}

/**
 * Runs an example as a command: flags, `--help`, Ctrl-C that keeps the checkpoint, errors without stacks.
 *
 * @param configure makes the pipeline's options from what the reader set
 */
export async function runExample(
  name: string,
  description: string,
  configure: (
    settings: ExampleSettings,
    flags: ExampleFlags,
  ) => PipelineOptions | undefined | Promise<PipelineOptions | undefined>,
  extend: (command: Command) => Command = (command) => command,
): Promise<void> {
  const command = extend(
    new Command(name)
      .description(description)
      .option('--epochs <count>', 'passes over the training pictures', wholeNumber)
      .option('--seed <integer>', 'seed of everything random', wholeNumber)
      .option('--out <dir>', 'where packages and report are written (default: out beside the example)')
      .option('--students', 'also train separate students, one network per task, to stand beside', false)
      .option('--keep', 'keep the project that installs and assembles the packages', false)
      .option('--json', 'print report.json instead of a table', false),
  );
  const flags = command.parse().opts<ExampleFlags>();
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping after the step under way. Press Ctrl-C again to exit at once.\n');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const { keep, epochs, seed, out } = flags;
    const settings = {
      keep,
      signal: controller.signal,
      ...(epochs !== undefined && { epochs }),
      ...(seed !== undefined && { seed }),
      ...(out !== undefined && { outDirectory: resolve(process.env.INIT_CWD ?? '.', out) }),
    };
    const options = await configure(settings, flags);
    if (options === undefined) return;
    await runPipeline({
      ...options,
      json: flags.json,
      ...(flags.students && { baselines: baselineNames }),
    });
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = CancelledError.isInstance(error) ? 130 : 1;
  }
}

function explain(error: unknown): string {
  if (CancelledError.isInstance(error)) return 'Stopped. The same command goes on from where it was.';
  if (FactornetError.isInstance(error)) return `Error: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number is needed');
  return value;
}
