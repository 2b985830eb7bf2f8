import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { collector } from '../../testing/run-captured';
import { askToInstall } from './add-prompt';

/** The real prompt at a terminal on which these keys are pressed. */
async function answer(keys: string, count = 2): Promise<{ given: boolean; shown: string }> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const { stream, text } = collector();
  const output = Object.assign(stream, { isTTY: true, columns: 80, rows: 24 });
  const asked = askToInstall(count, { input, output });
  setTimeout(() => input.write(keys), 50);
  return { given: await asked, shown: text() };
}

test('Enter takes what is offered: yes', async () => {
  const { given, shown } = await answer('\r');
  expect(given).toBe(true);
  expect(shown).toContain('Install these 2 packages?');
});

test('y is a yes; n, Ctrl-C and Esc are none', async () => {
  expect((await answer('y')).given).toBe(true);
  expect((await answer('n')).given).toBe(false);
  expect((await answer('\x03')).given).toBe(false);
  expect((await answer('\x1b')).given).toBe(false);
});

test('an aborted run asks nobody', async () => {
  const { stream } = collector();
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  expect(await askToInstall(1, { input, output: stream, signal: AbortSignal.abort() })).toBe(false);
});
