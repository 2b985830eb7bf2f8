import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { builtCommand } from './testing/built-command';

it('says nothing of a reader that has read enough', async () => {
  const child = spawn(process.execPath, [builtCommand, 'factorize', '--help']);
  child.stdout.destroy();
  const [[exitCode], told] = await Promise.all([once(child, 'close'), text(child.stderr)]);
  expect({ exitCode, told }).toEqual({ exitCode: 0, told: '' });
});
