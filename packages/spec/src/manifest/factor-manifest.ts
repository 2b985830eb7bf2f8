import * as v from 'valibot';
import { SPEC_VERSION } from '../spec-version';
import { codeSchema } from './code';
import type { Immutable } from './immutable';
import { narrowingSchema } from './narrowing';
import {
  finiteNumber,
  haveOwnFiles,
  integritySchema,
  modelFilesSchema,
  nonEmptyString,
  nonNegativeInteger,
  nonNegativeNumber,
  packageName,
  packageNameSegment,
  positiveInteger,
  positiveNumber,
  rangeSchema,
  share,
} from './primitives';
import { factorProbesSchema } from './probes';
import { provenanceSchema } from './provenance';
import { readsSchema } from './reading';
import type { TaskDescription } from './task';

const measured = v.object({ value: finiteNumber, standardError: nonNegativeNumber });

/** What one probe read from t about other tasks: 0 is chance, 1 is what it reads from the teacher's maps. */
const statedLeakageSchema = v.object({
  /** Its name: `linear`, `kernel`. */
  probe: packageNameSegment,
  /** On one half of which it learnt; it read the other. */
  examples: positiveInteger,
  tasks: v.record(v.string(), measured),
  /** Over these tasks. */
  mean: measured,
  /** The largest of them. */
  maximum: measured,
});
export type StatedLeakage = Immutable<v.InferOutput<typeof statedLeakageSchema>>;

/** What a factor measured about itself on held-out data when it was made. */
export const factorReportSchema = v.object({
  /** The score of the task's kind: of a classification the share of right answers. */
  accuracy: v.optional(share),
  teacherAccuracy: v.optional(share),
  /** Of the probabilities of its classes: the expected calibration error, 0 where it is as sure as it is right. */
  calibrationError: v.optional(share),
  /** What else its kind measures, by name and unit. */
  figures: v.optional(v.record(v.string(), finiteNumber)),
  /** On how many examples of which data all of this was measured. */
  heldOut: v.optional(v.object({ examples: positiveInteger, data: nonEmptyString })),
  /** Why its code does nothing, a sentence, if so it was found: t is the same for every picture, or the head ignores it. */
  dead: v.optional(nonEmptyString),
  /** What t, as it ships, was found to tell about other tasks; an entry for each probe that read it. */
  leakage: v.optional(v.array(statedLeakageSchema)),
});
export type FactorReport = Immutable<v.InferOutput<typeof factorReportSchema>>;

/** What a factor is, apart from the files it is stored in and the common-knowledge package's name. */
export const factorDescriptionEntries = (task: v.GenericSchema<unknown, TaskDescription>) => ({
  task,
  /** How the head sees both networks: `add` is head(z + t), `concatenate` is head([z, t]); there may be others. */
  fusion: v.object({ type: packageNameSegment }),
  /** What the task-specific network reads, input by input. */
  reads: readsSchema,
  code: codeSchema,
  parameters: positiveInteger,
  report: factorReportSchema,
  provenance: provenanceSchema,
  /**
   * Times this, the logits are the teacher's of the label space, less their mean over all of its classes: the scale
   * on which factors for different classes of one label space are compared. Absent where it was not fitted.
   */
  logitScale: v.optional(positiveNumber),
  /**
   * What scaled logits are divided by where factors of one label space are compared, so that the distribution is as sure
   * as it is right: fitted together with the factors of its run, on pictures that none was trained on. An assembly takes
   * the geometric mean of its factors'. Absent where it was not fitted.
   */
  temperature: v.optional(positiveNumber),
});
export const factorDescriptionSchema = (task: v.GenericSchema<unknown, TaskDescription>) =>
  v.object({
    ...factorDescriptionEntries(task),
    /** Representation digest of the common-knowledge network it was trained with. */
    representation: integritySchema,
  });
export type FactorDescription = Immutable<v.InferOutput<ReturnType<typeof factorDescriptionSchema>>>;

/** @param task the schema of its task */
export const factorManifestSchema = (task: v.GenericSchema<unknown, TaskDescription>) =>
  v.pipe(
    v.object({
      spec: v.literal(SPEC_VERSION),
      kind: v.literal('factor'),
      ...factorDescriptionEntries(task),
      /** The task-specific network: what it reads to what its code is made of, e.g. mean and log-variance of t. */
      specific: modelFilesSchema,
      /** The head: what the fusion makes of z and t to what the task's kind reads, of a classification logits `[classes]`. */
      head: modelFilesSchema,
      /** Multiply–accumulate operations for one picture, the common-knowledge network's left out. */
      multiplyAdds: nonNegativeInteger,
      probes: factorProbesSchema,
      narrowing: v.optional(narrowingSchema),
      common: v.object({
        name: packageName,
        /** Semver range; the package's `peerDependencies` says the same to npm. */
        range: rangeSchema,
        representation: integritySchema,
      }),
    }),
    v.check(({ specific, head }) => haveOwnFiles(specific, head), 'specific and head must not share a file'),
  );

/** The `factornet` field of a factor package. */
export type FactorManifest = Immutable<v.InferOutput<ReturnType<typeof factorManifestSchema>>>;
