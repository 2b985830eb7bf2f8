import { describe, expect, it } from 'vitest';
import { explainRefusal } from './explain-refusal';

const asked = 'npm view @me/shape';
const refusal = (code: string) => ({
  stdout: JSON.stringify({ error: { code, summary: 'in short', detail: 'at length' } }),
  stderr: 'npm error …',
  message: 'Command failed',
});

describe('explainRefusal', () => {
  it.each([
    ['E404', /Check name, version and registry \(`npm config get registry`/],
    ['ETARGET', /Check name, version and registry/],
    ['E401', /npm login$/],
    ['E403', /npm login$/],
    ['ENOTCACHED', /work offline/],
    ['ECONNREFUSED', /could not be reached.*proxy/],
    ['ENOTFOUND', /could not be reached/],
    ['EAI_AGAIN', /could not be reached/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /could not be reached/],
    ['E500', /run it yourself: npm view @me\/shape$/],
  ])('says what to do about %s, with npm’s words', (code, hint) => {
    expect(explainRefusal(refusal(code), { asked }).hint).toMatch(hint);
    expect(explainRefusal(refusal(code), { asked }).output).toBe(`${code} in short\nat length`);
  });

  it('names the registry that was asked', () => {
    const at = { asked, registry: 'http://127.0.0.1:1/' };
    expect(explainRefusal(refusal('E404'), at).hint).toContain('http://127.0.0.1:1/');
    expect(explainRefusal(refusal('E401'), at).hint).toBe(
      'Log in with an account that may read it: npm login --registry http://127.0.0.1:1/',
    );
  });

  it('takes the text where npm prints no JSON', () => {
    const stderr = 'npm error code E404\nnpm error 404 Not Found\n';
    expect(explainRefusal({ stdout: 'oops', stderr, message: 'failed' }, { asked })).toMatchObject({
      output: stderr.trim(),
      hint: expect.stringContaining('Check name'),
    });
    const silent = { stdout: '', stderr: '', message: 'Command was terminated' };
    expect(explainRefusal(silent, { asked }).output).toBe('Command was terminated');
  });
});
