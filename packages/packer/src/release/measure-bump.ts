import type { CommonManifest, Compatibility, Immutable } from '@factornet/spec';
import type { Bump } from './semver-bump';

/** A feature space that a common-knowledge network stands in for, and how far its own features are from it. */
export type KnownRepresentation = Compatibility['representations'][number];

/** A network beside the release before it. */
export interface Comparison {
  readonly previous: {
    readonly version: string;
    readonly manifest: Pick<Immutable<CommonManifest>, 'representation' | 'compatibility'>;
  };
  /** Of the network as it will be published. */
  readonly representation: string;
  /** Relative drift of its features from those of the release before; infinite if they cannot be compared. */
  readonly drift: number;
  /** Its own feature space before its weights were narrowed. */
  readonly source?: KnownRepresentation | undefined;
}

/** What a comparison calls for. */
export interface MeasuredBump {
  readonly measured: Bump;
  /** Relative drift of the features from those of the release before; infinite if they cannot be compared. */
  readonly drift: number;
  /**
   * Upper bound on the relative drift from any feature space that the release before stands in for:
   * `d·(1 + d′) + d′` where it is itself d′ away.
   */
  readonly accumulatedDrift: number;
  /** Up to which factors go on working, as the release before states it. */
  readonly tolerance: number;
  /** `compatibility.representations` of the new manifest. */
  readonly lineage: readonly KnownRepresentation[];
}

/**
 * Which release a network is: the same representation is a patch; features within the tolerance of everything that the
 * release before stands in for are a minor release; anything else is a major one, which starts a lineage of its own.
 */
export function measureBump({ previous, representation, drift, source }: Comparison): MeasuredBump {
  const { compatibility, representation: before } = previous.manifest;
  const { tolerance } = compatibility;
  const own = source === undefined ? [] : [source];
  const inherited = [
    { representation: before, version: previous.version, drift },
    ...compatibility.representations.map((known) => ({
      ...known,
      drift: drift * (1 + known.drift) + known.drift,
    })),
  ];
  const lineage = closest([...inherited, ...own], representation);
  const isInherited = ({ representation: known }: KnownRepresentation) =>
    inherited.some((each) => each.representation === known);
  const accumulatedDrift = Math.max(drift, ...lineage.filter(isInherited).map((known) => known.drift));
  const same = drift === 0 && before === representation;
  if (same || accumulatedDrift <= tolerance) {
    return { measured: same ? 'patch' : 'minor', drift, accumulatedDrift, tolerance, lineage };
  }
  return { measured: 'major', drift, accumulatedDrift, tolerance, lineage: closest(own, representation) };
}

/** Each feature space once, at the least of the drifts that are known for it; not the network's own. */
export function closest(known: readonly KnownRepresentation[], own: string): KnownRepresentation[] {
  const found = new Map<string, KnownRepresentation>();
  for (const each of known) {
    const earlier = found.get(each.representation);
    if (each.representation === own) continue;
    found.set(
      each.representation,
      earlier === undefined ? each : { ...earlier, drift: Math.min(earlier.drift, each.drift) },
    );
  }
  return [...found.values()];
}
