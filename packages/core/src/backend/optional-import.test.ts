import { describe, expect, it } from 'vitest';
import { importError, importModule } from './optional-import';

describe('importModule', () => {
  it('gives the module', async () => {
    expect(await importModule('node:path')).toHaveProperty('join');
  });

  it('says that a package is not installed', async () => {
    await expect(importModule('@factornet/no-such-package')).rejects.toThrow(
      /^@factornet\/no-such-package is not installed$/,
    );
  });
});

describe('importError', () => {
  it('keeps the first line of any other failure, with its cause', () => {
    const cause = new Error('libcudart.so: cannot open shared object file\n    at Module._load');
    expect(importError(cause, 'tfjs')).toMatchObject({
      message: 'tfjs: libcudart.so: cannot open shared object file',
      cause,
    });
  });

  it.each([
    Object.assign(new Error("Cannot find package 'tfjs' imported from /a/b.js"), {
      code: 'ERR_MODULE_NOT_FOUND',
    }),
    Object.assign(new Error("Cannot find module 'tfjs'"), { code: 'MODULE_NOT_FOUND' }),
    new Error('Could not resolve "tfjs" imported by "@factornet/core". Is it installed?'),
  ])('recognises what Node, webpack and Vite say of a missing package: %s', (cause) => {
    expect(importError(cause, 'tfjs').message).toBe('tfjs is not installed');
  });

  it('does not take a missing dependency of the package for the package itself', () => {
    const cause = Object.assign(new Error("Cannot find package 'core-js' imported from /a/tfjs"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    expect(importError(cause, 'tfjs').message).toBe(
      "tfjs: Cannot find package 'core-js' imported from /a/tfjs",
    );
  });
});
