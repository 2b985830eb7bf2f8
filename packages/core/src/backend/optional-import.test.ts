import { describe, expect, it } from 'vitest';
import { explainImport, importFirst, importModule } from './optional-import';

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

describe('importFirst', () => {
  it('names the first that works, or gives a reason for each', async () => {
    expect(await importFirst(['no-such-package', 'node:path', 'node:fs'])).toBe('node:path');
    await expect(importFirst(['no-such-package', 'nor-this-one'])).rejects.toThrow(
      /^no-such-package is not installed; nor-this-one is not installed$/,
    );
  });
});

describe('explainImport', () => {
  it('keeps the first line of any other failure, with its cause', async () => {
    const cause = new Error('libcudart.so: cannot open shared object file\n    at Module._load');
    const error = await explainImport(Promise.reject(cause), 'tfjs').catch((caught: Error) => caught);
    expect(error).toMatchObject({ message: 'tfjs: libcudart.so: cannot open shared object file', cause });
  });

  it.each([
    Object.assign(new Error("Cannot find package 'tfjs' imported from /a/b.js"), {
      code: 'ERR_MODULE_NOT_FOUND',
    }),
    Object.assign(new Error("Cannot find module 'tfjs'"), { code: 'MODULE_NOT_FOUND' }),
    new Error('Could not resolve "tfjs" imported by "@factornet/core". Is it installed?'),
  ])('recognises what Node, webpack and Vite say of a missing package: %s', async (cause) => {
    await expect(explainImport(Promise.reject(cause), 'tfjs')).rejects.toThrow(/^tfjs is not installed$/);
  });

  it('does not take a missing dependency of the package for the package itself', async () => {
    const cause = Object.assign(new Error("Cannot find package 'core-js' imported from /a/tfjs"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(explainImport(Promise.reject(cause), 'tfjs')).rejects.toThrow(
      "tfjs: Cannot find package 'core-js' imported from /a/tfjs",
    );
  });
});
