import type { TrainableTaskKind } from '@factornet/factorizer';
import type { Command } from 'commander';
import type { Outcome } from './io';
import type { GlobalOptions } from './options/global-options';
import type { CleanIO } from './render/clean-output';

/** What a command's work is given besides its own options. */
export interface Work {
  readonly io: CleanIO;
  readonly options: GlobalOptions;
  /** The command line, to be written into provenance: `factornet train --data …`. */
  readonly commandLine: string;
  /** Kinds of tasks, in place of those that are known without. */
  readonly kinds?: readonly TrainableTaskKind[] | undefined;
  /** A line for people, on stderr. */
  log(line: string): void;
}

/** Ties the commands to one run of the program. */
export interface Context {
  readonly io: CleanIO;
  readonly commandLine: string;
  readonly kinds?: readonly TrainableTaskKind[] | undefined;
  outcome: Outcome | undefined;
}

/** Runs a command's work with all of its options, global ones included, and keeps what it found out. */
export async function perform<Options>(
  context: Context,
  command: Command,
  work: (options: Options & GlobalOptions, work: Work) => Promise<Outcome>,
): Promise<void> {
  const options = command.optsWithGlobals<Options & GlobalOptions>();
  context.outcome = await work(options, {
    io: context.io,
    options,
    commandLine: context.commandLine,
    kinds: context.kinds,
    log: (line) => {
      context.io.stderr.write(`${line}\n`);
    },
  });
}
