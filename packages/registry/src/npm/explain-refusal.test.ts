import { describe, expect, it } from 'vitest';
import { explainRefusal } from './explain-refusal';

const asked = 'npm view @me/shape';
const address = 'http://127.0.0.1:1/';
const refusal = (code: string) => Object.assign(new Error('in short'), { code });

describe('explainRefusal', () => {
  it.each([
    ['E404', /Check name, version and registry \(http:\/\/127\.0\.0\.1:1\/; --registry names another/],
    ['ETARGET', /Check name, version and registry/],
    ['E401', /npm login$/],
    ['E403', /npm login$/],
    ['ENOTCACHED', /work offline/],
    ['ECONNREFUSED', /could not be reached.*proxy/],
    ['ENOTFOUND', /could not be reached/],
    ['EAI_AGAIN', /could not be reached/],
    ['EIDLETIMEOUT', /did not answer in time/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /could not be reached/],
    ['E500', /run it yourself: npm view @me\/shape$/],
  ])('says what to do about %s, with the words that came', (code, hint) => {
    expect(explainRefusal(refusal(code), { asked, address }).hint).toMatch(hint);
    expect(explainRefusal(refusal(code), { asked, address }).output).toBe(`${code} in short`);
  });

  it('names the registry that was asked', () => {
    const at = { asked, address, registry: address };
    expect(explainRefusal(refusal('E404'), at).hint).toContain(address);
    expect(explainRefusal(refusal('E401'), at).hint).toBe(
      'Log in with an account that may read it: npm login --registry http://127.0.0.1:1/',
    );
  });
});
