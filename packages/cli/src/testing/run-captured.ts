import { Writable } from 'node:stream';
import type { TrainableTaskKind } from '@factornet/factorizer';
import { run } from '../run';

export interface CapturedRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON object that `--json` promises. */
  json<T = Record<string, unknown>>(): T;
}

/** Runs the command in this process and keeps what it prints. */
export async function runCaptured(
  argv: readonly string[],
  {
    signal,
    columns,
    kinds,
  }: { signal?: AbortSignal; columns?: number; kinds?: readonly TrainableTaskKind[] } = {},
): Promise<CapturedRun> {
  const [stdout, stderr] = [collector(), collector()];
  // A terminal of so many columns, if there are any.
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  const streams = { stdout: Object.assign(stdout.stream, terminal), stderr: stderr.stream };
  const exitCode = await run(
    argv,
    signal === undefined ? streams : { ...streams, signal },
    kinds && { kinds },
  );
  return {
    exitCode,
    stdout: stdout.text(),
    stderr: stderr.text(),
    json: () => JSON.parse(stdout.text()),
  };
}

/** A stream that keeps what is written to it. */
export function collector(): { stream: Writable; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}
