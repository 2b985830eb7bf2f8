// Makes `npm test` and `npm run quickstart` work on a machine that has Node and npm and nothing else:
// installs with the pnpm version that package.json names, then runs the named scripts one after another, and those
// joined by + at the same time.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

function pnpm(...args) {
  const { status, error } = spawnSync('npx', ['--yes', packageManager, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** What pnpm calls the script, or a pattern of several, which it runs side by side. */
function selector(script) {
  if (!script.includes('+')) return script;
  const pattern = `/^(${script.replaceAll('+', '|')})$/`;
  // The shell of Windows would take | for a pipe.
  return process.platform === 'win32' ? `"${pattern}"` : pattern;
}

// npm run quickstart -- --epochs 1: what starts with a dash, and all after it, belongs to the last script.
const given = process.argv.slice(2);
const firstFlag = given.findIndex((argument) => argument.startsWith('-'));
const scripts = firstFlag < 0 ? given : given.slice(0, firstFlag);
const extra = firstFlag < 0 ? [] : given.slice(firstFlag);
pnpm('install', '--frozen-lockfile');
for (const [position, script] of scripts.entries()) {
  pnpm('run', selector(script), ...(position === scripts.length - 1 ? extra : []));
}
