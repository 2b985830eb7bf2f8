import type { CommonManifest } from '../manifest/common-manifest';
import type { FactorManifest } from '../manifest/factor-manifest';

/**
 * What a published package's generated `index.js` exports by default: its name and version, its manifest
 * and where its files lie. Data only; `new URL('./weights.bin', import.meta.url)` makes the locations, so
 * that Node, Vite and webpack each resolve them.
 */
export interface BrickPackage<Manifest> {
  readonly name: string;
  readonly version: string;
  readonly manifest: Manifest;
  /** File name in the manifest → location. */
  readonly files: Readonly<Record<string, URL>>;
}

export type CommonPackage = BrickPackage<CommonManifest>;
export type FactorPackage = BrickPackage<FactorManifest>;
