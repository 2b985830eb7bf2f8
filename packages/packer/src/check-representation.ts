import type { CommonNetwork } from '@factornet/core';
import { modelDigest } from '@factornet/core/training';
import { IntegrityError } from '@factornet/spec';

/**
 * Checks that a network is the one whose representation its description states: factors depend on it.
 *
 * @throws IntegrityError if its topology or weights changed after it was described
 */
export async function checkRepresentation({ description, network }: CommonNetwork): Promise<void> {
  const received = await modelDigest(network);
  if (received === description.representation) return;
  throw new IntegrityError(
    { path: 'The common-knowledge network', expected: description.representation, received },
    {
      hint: 'It was changed after it was described: describe it again, and train its factors against that.',
    },
  );
}
