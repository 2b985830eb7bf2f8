import { type Ended, runToEnd } from '@factornet/example-pipeline/run';

export interface Command {
  /** What a reader would type. */
  readonly typed: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the story goes on when it fails. Default false. */
  readonly mayFail?: boolean;
  /** Which lines of its output to print. Default: the last one that is not empty. */
  readonly show?: (lines: readonly string[]) => readonly string[];
}

/** Tells a story to a reader while it happens: headings, commands as one would type them, what they answered. */
export class Transcript {
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  heading(text: string): void {
    this.#print(`\n${text}`);
  }

  say(text: string): void {
    this.#print(`  ${text}`);
  }

  /** @throws Error with everything the command printed, if it fails and may not */
  async run({
    typed,
    command,
    args,
    directory,
    env = {},
    mayFail = false,
    show = lastLine,
  }: Command): Promise<Ended> {
    this.#print(`  $ ${typed}`);
    // Colours and escapes are for terminals, and CI's own settings would change what is answered.
    const ended = await runToEnd(directory, command, args, {
      env: { NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    });
    if (ended.code !== 0 && !mayFail) {
      throw new Error(`${typed} ended with ${ended.code}:\n${ended.output}`);
    }
    for (const line of show(ended.output.split('\n'))) this.#print(`    ${line}`);
    if (ended.code !== 0) this.#print(`    (exit code ${ended.code})`);
    return ended;
  }
}

export const lastLine = (lines: readonly string[]) => lines.filter((line) => line.trim() !== '').slice(-1);
export const everything = (lines: readonly string[]) => lines.filter((line) => line.trim() !== '');
export const nothing = () => [];
