import type { Text } from './render/text';

/** Where text goes: `process.stdout`, `process.stderr`, or a stream that a test reads. */
export interface Output {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  /** How wide a terminal is, in characters. */
  readonly columns?: number;
}

/** What a command may touch of its process. */
export interface CommandIO {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where answers come from; nobody is asked without a terminal. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Cancels long work, as Ctrl-C does. */
  readonly signal?: AbortSignal;
}

/** What a command found out, once as data and once for people. */
export interface Outcome {
  /** One JSON object, printed with `--json`. */
  readonly json: object;
  /** Printed otherwise. */
  readonly text: Text;
  /** Default 0. */
  readonly exitCode?: number;
}
