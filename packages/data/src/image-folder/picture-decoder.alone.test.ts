import { expect, test, vi } from 'vitest';
import { openDecoder } from './picture-decoder';

test('says what to do where the native part of sharp is missing', async () => {
  // As sharp does on a machine it was not installed for.
  vi.doMock('sharp', () => {
    throw new Error('Could not load the "sharp" module using the linux-x64 runtime');
  });
  await expect(openDecoder()).rejects.toMatchObject({ code: 'missing-dependency' });
  await expect(openDecoder()).rejects.toThrow(/npm install sharp/);
  vi.doUnmock('sharp');
});
