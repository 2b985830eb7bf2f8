import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A real registry (verdaccio) for tests, empty at first. */
export interface TestRegistry {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  /**
   * Path of a file that makes npm, pnpm or yarn use this registry with a token that may publish, and npm a cache of
   * its own. Copy it into a project as `.npmrc`, or name it: `npm_config_userconfig=<npmrc>`.
   */
  readonly npmrc: string;
  /** Ends the server and removes its storage; may be called again. */
  stop(): Promise<void>;
}

/**
 * Starts verdaccio as a child process on a free port, with a temporary storage and no uplinks: only what a test
 * publishes is there, and nothing asks the network. Packages are readable by anyone, except for those of the scope
 * `@private`, which need the token.
 *
 * @example
 * const registry = await startRegistry();
 * await spawn('npm', ['publish', folder], { env: { npm_config_userconfig: registry.npmrc } });
 * await registry.stop();
 */
export async function startRegistry(): Promise<TestRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'factornet-registry-'));
  let server: ChildProcess | undefined;
  const stop = async () => {
    if (server !== undefined) await endProcess(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const configuration = join(folder, 'config.yaml');
    await writeFile(configuration, JSON.stringify(configure(folder)));
    server = fork(fileURLToPath(new URL('./serve-registry.mjs', import.meta.url)), [configuration], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const host = `127.0.0.1:${await listeningPort(server)}`;
    const url = `http://${host}/`;
    const npmrc = join(folder, 'npmrc');
    const lines = [
      `registry=${url}`,
      `//${host}/:_authToken=${await createUser(url)}`,
      // Ports are used again, and npm remembers answers by address.
      `cache=${join(folder, 'npm-cache')}`,
      'audit=false',
      'fund=false',
      'update-notifier=false',
    ];
    await writeFile(npmrc, `${lines.join('\n')}\n`);
    return { url, npmrc, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** JSON is YAML. */
function configure(folder: string): object {
  return {
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: 10 } },
    uplinks: {},
    packages: {
      '@private/*': { access: '$authenticated', publish: '$authenticated' },
      '**': { access: '$all', publish: '$all', unpublish: '$all' },
    },
    publish: { allow_offline: true },
    max_body_size: '200mb',
    web: { enable: false },
    log: { type: 'stdout', format: 'json', level: 'fatal' },
  };
}

function listeningPort(server: ChildProcess): Promise<number> {
  let complaint = '';
  server.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  return new Promise((resolve, reject) => {
    server.once('message', (port) => resolve(port as number));
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`verdaccio ended with code ${code}:\n${complaint}`)));
  });
}

/** npm will not publish without a token, whoever may. */
async function createUser(url: string): Promise<string> {
  const response = await fetch(`${url}-/user/org.couchdb.user:tester`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'tester', password: 'a password for tests' }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`verdaccio made no user: ${response.status}`);
  return token;
}

async function endProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await ended;
}
