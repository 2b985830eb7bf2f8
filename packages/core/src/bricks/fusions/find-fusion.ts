import { findNamed } from '../find-named';
import { add } from './add';
import { codeOnly } from './code-only';
import { concatenate } from './concatenate';
import type { Fusion } from './fusion';

/** Where the fusions that manifests name are found. */
export interface FusionOptions {
  /** Default `[add(), concatenate(), codeOnly()]`. */
  readonly fusions?: readonly Fusion[] | undefined;
}

/**
 * The fusion that a manifest names.
 *
 * @param source the brick, for messages
 * @throws InvalidManifestError if it is none of these
 */
export function findFusion(
  { type }: { readonly type: string },
  source: string,
  { fusions = [add(), concatenate(), codeOnly()] }: FusionOptions = {},
): Fusion {
  return findNamed('fusion', type, fusions, source);
}
