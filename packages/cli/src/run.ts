import type { TrainableTaskKind } from '@factornet/factorizer';
import { CommanderError } from 'commander';
import type { Context } from './context';
import { EXIT_OK, EXIT_UNEXPECTED, EXIT_USAGE, exitCodeOf } from './exit-codes';
import type { CommandIO } from './io';
import { createProgram } from './program';
import { cleanIO } from './render/clean-output';
import { errorToJson, errorToText, indented } from './render/error';
import { plainJson } from './render/plain-text';
import { quoteCommandLine } from './render/quote';
import { renderText } from './render/text';

/**
 * Runs the `factornet` command inside this process.
 *
 * @param argv what follows `factornet`, e.g. `['doctor', '--json']`
 * @param options `kinds`: kinds of tasks, with those of one's own, `[...trainableTaskKinds, mine()]`
 * @returns the exit code; the process is left running
 * @example
 * const exitCode = await run(['inspect', 'out/common'], process);
 */
export async function run(
  argv: readonly string[],
  streams: CommandIO,
  { kinds }: { kinds?: readonly TrainableTaskKind[] } = {},
): Promise<number> {
  const io = cleanIO(streams);
  // Read from the arguments themselves, since a usage error has no parsed options.
  const json = argv.includes('--json');
  const verbose = argv.includes('--verbose') || process.env.DEBUG !== undefined;
  const commandLine = quoteCommandLine(['factornet', ...argv]);
  const context: Context = { io, commandLine, kinds, outcome: undefined };
  const usage: string[] = [];
  const program = await createProgram(context, (text) => {
    if (json) usage.push(text);
    else io.stderr.write(indented(text));
  });
  try {
    await program.parseAsync(argv[0] === '--version' ? ['-V'] : [...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT_OK;
      if (json) {
        const [message = error.message, hint = 'See factornet --help.'] = usage.map((text) =>
          text.replace(/^error: /, '').trim(),
        );
        writeJson(io, { error: { code: 'usage', message, hint } });
      }
      return EXIT_USAGE;
    }
    if (json) writeJson(io, errorToJson(error));
    io.stderr.write(`${errorToText(error, { verbose })}\n`);
    return exitCodeOf(error);
  }
  const { outcome } = context;
  if (outcome === undefined) return EXIT_UNEXPECTED;
  if (json) writeJson(io, outcome.json);
  else io.stdout.write(`${renderText(outcome.text, io.stdout.columns)}\n`);
  return outcome.exitCode ?? EXIT_OK;
}

function writeJson({ stdout }: Pick<CommandIO, 'stdout'>, value: object): void {
  stdout.write(`${plainJson(value)}\n`);
}
