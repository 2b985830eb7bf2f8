// Builds every package without declarations, which take most of a build's time and which nothing needs that only runs.
import { spawnSync } from 'node:child_process';

const env = { ...process.env, FACTORNET_DECLARATIONS: 'none' };
const shell = process.platform === 'win32';
const { status, error } = spawnSync('turbo', ['run', 'build'], { env, shell, stdio: 'inherit' });
if (error) throw error;
process.exitCode = status ?? 1;
