import * as v from 'valibot';
import { integritySchema, modelFilesSchema, positiveInteger } from './primitives';
import { provenanceSchema } from './provenance';
import { taskSchema } from './task';

const accuracy = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What a factor measured about itself on held-out data when it was made. */
export const factorReportSchema = v.object({
  accuracy: v.optional(accuracy),
  teacherAccuracy: v.optional(accuracy),
  /** Per other task: 0 is chance, 1 is what the teacher's own features tell. */
  leakage: v.optional(
    v.object({ mean: v.record(v.string(), v.number()), sample: v.record(v.string(), v.number()) }),
  ),
});
export type FactorReport = v.InferOutput<typeof factorReportSchema>;

/** What a factor is, apart from the files it is stored in and the common-knowledge package's name. */
export const factorDescriptionEntries = {
  task: taskSchema,
  /** How the head sees both networks: `add` is head(z + t). */
  fusion: v.object({ type: v.literal('add') }),
  backbone: v.object({ name: v.string(), options: v.record(v.string(), v.unknown()) }),
  parameters: positiveInteger,
  report: factorReportSchema,
  provenance: provenanceSchema,
};
const factorDescriptionSchema = v.object({
  ...factorDescriptionEntries,
  /** Representation digest of the common-knowledge network it was trained with. */
  representation: integritySchema,
});
export type FactorDescription = v.InferOutput<typeof factorDescriptionSchema>;

export const factorManifestSchema = v.object({
  spec: v.literal(1),
  kind: v.literal('factor'),
  ...factorDescriptionEntries,
  /** The task-specific network: pictures to two outputs, the mean and log-variance of t, each `[features]`. */
  specific: modelFilesSchema,
  /** The head: `[features]` to logits `[classes]`. */
  head: modelFilesSchema,
  common: v.object({
    name: v.pipe(v.string(), v.minLength(1)),
    /** Semver range; the package's `peerDependencies` says the same to npm. */
    range: v.pipe(v.string(), v.minLength(1)),
    representation: integritySchema,
  }),
});

/** The `factornet` field of a factor package. */
export type FactorManifest = v.InferOutput<typeof factorManifestSchema>;
