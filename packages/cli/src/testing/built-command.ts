import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as npm installs it; `turbo run build` must have made it. */
export const builtCommand = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

export interface SpawnedRun {
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves as soon as standard error has said it; rejects if the process ends before. */
  until(text: RegExp): Promise<void>;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts the built command as a process of its own. */
export function spawnCommand(argv: readonly string[]): SpawnedRun {
  const child = spawn(process.execPath, [builtCommand, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => text.test(stderr) && resolve();
        child.stderr.on('data', look);
        child.on('close', () => reject(new Error(`ended without saying ${text}:\n${stderr}`)));
        look();
      }),
  };
}
