import {
  type CommonManifest,
  type CommonMap,
  type FactorManifest,
  InvalidManifestError,
  PICTURE,
} from '@factornet/spec';

// What a common-knowledge network offers, as one row of numbers per picture: z, then each map, value by value.

const sizeOf = (shape: readonly number[]) => shape.reduce((size, axis) => size * axis, 1);

/** Lengths of z and of each map. */
export function offeredLengths({ features, maps }: Pick<CommonManifest, 'features' | 'maps'>): number[] {
  return [features.shape[0], ...maps.map(({ shape }) => sizeOf(shape))];
}

/** Lengths of z and of each map that a factor reads, in its order. */
export function readLengths({ reads, probes }: Pick<FactorManifest, 'reads' | 'probes'>): number[] {
  return [probes.features, ...readMaps(reads).map(({ shape }) => sizeOf(shape))];
}

/** Those of what a factor reads that are maps. */
export function readMaps<Read extends { readonly from: string }>(reads: readonly Read[]): Read[] {
  return reads.filter(({ from }) => from !== PICTURE);
}

/**
 * Of rows of all that a network offers those of what a factor needs: z, and the maps that it reads.
 *
 * @param rows `[count, Σ offered]`
 * @param source the factor, for messages
 * @throws InvalidManifestError if it reads a map that is not offered, or one of another shape
 */
export function selectOffered(
  rows: Float32Array,
  common: Pick<CommonManifest, 'features' | 'maps'>,
  reads: FactorManifest['reads'],
  source: string,
): Float32Array {
  const lengths = offeredLengths(common);
  const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0));
  const width = lengths.reduce((sum, length) => sum + length, 0);
  const parts = [0, ...readMaps(reads).map((read) => 1 + findMap(common.maps, read, source))];
  const total = parts.reduce((sum, part) => sum + (lengths[part] as number), 0);
  const count = rows.length / width;
  const selected = new Float32Array(count * total);
  let offset = 0;
  for (let row = 0; row < count; row++) {
    for (const part of parts) {
      const start = row * width + (starts[part] as number);
      selected.set(rows.subarray(start, start + (lengths[part] as number)), offset);
      offset += lengths[part] as number;
    }
  }
  return selected;
}

/**
 * Where among a network's maps the one is that a factor reads.
 *
 * @throws InvalidManifestError if it is not offered, or of another shape
 */
export function findMap(
  maps: readonly CommonMap[],
  { from, shape }: { readonly from: string; readonly shape: readonly number[] },
  source: string,
): number {
  const index = maps.findIndex(({ name }) => name === from);
  const offered = maps[index]?.shape;
  if (offered !== undefined && String(offered) === String(shape)) return index;
  const known = maps.map(({ name, shape: size }) => `${name} [${size}]`).join(', ') || 'no maps';
  const issue = `reads: the common-knowledge network offers ${known}, found ${from} [${shape}]`;
  throw new InvalidManifestError({ source, issues: [issue] });
}
