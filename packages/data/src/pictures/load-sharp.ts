import { FactornetError } from '@factornet/spec';
import type Sharp from 'sharp';

/** What decodes and encodes pictures. @throws FactornetError `missing-dependency` if it cannot be loaded here */
export async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw new FactornetError(
      'missing-dependency',
      'Pictures are decoded by sharp, which cannot be loaded here.',
      {
        cause,
        hint: 'Install it beside @factornet/data: npm install sharp --include=optional (its native part differs by platform).',
      },
    );
  });
  return sharp;
}
