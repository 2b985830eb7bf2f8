import { MissingDependencyError } from '@factornet/spec/training';
import type Sharp from 'sharp';

/** What decodes and encodes pictures. @throws MissingDependencyError if it cannot be loaded here */
export async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw new MissingDependencyError(
      { dependency: 'sharp', purpose: 'Pictures are decoded' },
      {
        cause,
        hint: 'Install it beside @factornet/data: npm install sharp --include=optional (its native part differs by platform).',
      },
    );
  });
  return sharp;
}
