import * as v from 'valibot';
import { SPEC_VERSION } from '../spec-version';
import { compatibilitySchema } from './compatibility';
import type { Immutable } from './immutable';
import { inputSchema } from './input';
import { narrowingSchema } from './narrowing';
import {
  integritySchema,
  modelFilesSchema,
  nonEmptyString,
  nonNegativeInteger,
  positiveInteger,
} from './primitives';
import { commonProbesSchema } from './probes';
import { provenanceSchema } from './provenance';
import { mapsSchema } from './reading';
import { featureShapeSchema } from './task';

/** What a common-knowledge network is, apart from the files it is stored in. */
export const commonDescriptionEntries = {
  input: inputSchema,
  features: v.object({ shape: featureShapeSchema }),
  /** What factors may read besides z, in the order of the model's outputs after it; often none. */
  maps: mapsSchema,
  backbone: v.object({ name: nonEmptyString, options: v.record(v.string(), v.unknown()) }),
  parameters: positiveInteger,
  /** Digest of topology and weights: the identity of the feature space that factors depend on. */
  representation: integritySchema,
  provenance: provenanceSchema,
};
export const commonDescriptionSchema = v.object(commonDescriptionEntries);
export type CommonDescription = Immutable<v.InferOutput<typeof commonDescriptionSchema>>;

export const commonManifestSchema = v.object({
  spec: v.literal(SPEC_VERSION),
  kind: v.literal('common'),
  ...commonDescriptionEntries,
  /** Multiply–accumulate operations for one picture. */
  multiplyAdds: nonNegativeInteger,
  model: modelFilesSchema,
  probes: commonProbesSchema,
  compatibility: compatibilitySchema,
  narrowing: v.optional(narrowingSchema),
});

/** The `factornet` field of a common-knowledge package. */
export type CommonManifest = Immutable<v.InferOutput<typeof commonManifestSchema>>;
