import { describe, expect, it } from 'vitest';
import { importFirst } from './native-tensorflow';

describe('importFirst', () => {
  it('names the first that works, or gives a reason for each', async () => {
    expect(await importFirst(['no-such-package', 'node:path', 'node:fs'])).toBe('node:path');
    await expect(importFirst(['no-such-package', 'nor-this-one'])).rejects.toThrow(
      /^no-such-package is not installed; nor-this-one is not installed$/,
    );
  });
});
