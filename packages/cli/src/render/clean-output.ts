import { StringDecoder } from 'node:string_decoder';
import type { CommandIO, Output } from '../io';
import { plainText } from './plain-text';

/** What commands write to: nothing that passes can steer a terminal. */
export interface CleanOutput extends Output {
  /** The stream itself where it is a terminal, for what has to draw on it: progress bars and questions. */
  readonly terminal?: NodeJS.WritableStream;
}

/** A command's streams as its work gets them. */
export interface CleanIO extends CommandIO {
  readonly stdout: CleanOutput;
  readonly stderr: CleanOutput;
}

/** The one exit of text: everything that the command prints goes through here. */
export function cleanIO(io: CommandIO): CleanIO {
  return {
    ...(io.stdin !== undefined && { stdin: io.stdin }),
    ...(io.signal !== undefined && { signal: io.signal }),
    stdout: cleanOutput(io.stdout),
    stderr: cleanOutput(io.stderr),
  };
}

function cleanOutput(output: Output): CleanOutput {
  // Another program's words come in pieces, which may end within a character.
  const decoder = new StringDecoder('utf8');
  const clean: CleanOutput = {
    write: (text) =>
      output.write(plainText(typeof text === 'string' ? text : decoder.write(Buffer.from(text)))),
  };
  if (!output.isTTY) return clean;
  return {
    ...clean,
    isTTY: true,
    terminal: output as NodeJS.WritableStream,
    // Windows are resized while a command works.
    get columns() {
      return output.columns ?? Number.POSITIVE_INFINITY;
    },
  };
}
