import { modelDigest } from '@factornet/core/training';
import { type CommonManifest, IntegrityError } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';

/**
 * Checks that a common-knowledge network is the one whose digest its manifest states and factors depend on.
 *
 * @param source `name@version`, for messages
 * @throws IntegrityError
 */
export async function checkRepresentation(
  { representation }: CommonManifest,
  network: LayersModel,
  source: string,
): Promise<void> {
  const received = await modelDigest(network);
  if (received === representation) return;
  const path = `The common-knowledge network of ${source}`;
  const hint = 'Its weights are not those that factors were trained with: pack again.';
  throw new IntegrityError({ path, expected: representation, received }, { hint });
}
