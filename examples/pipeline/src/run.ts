import { spawn } from 'node:child_process';

export interface RunOptions {
  /** Lets the command write to the terminal, for those that show what they are doing. */
  readonly show?: boolean;
  /** On top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and errors, as they came; empty if they were shown. */
  readonly output: string;
}

/** Runs a command to its end, however it ends. @throws Error if it cannot be started */
export function runToEnd(
  directory: string,
  command: string,
  args: readonly string[],
  { show = false, env = {} }: RunOptions = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: directory,
      shell: process.platform === 'win32',
      env: { ...process.env, ...env },
      stdio: show ? ['ignore', process.stderr, process.stderr] : ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}

/** Runs a command to its end. @throws Error with everything it printed, if it fails */
export async function run(
  directory: string,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, output } = await runToEnd(directory, command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}
