import * as v from 'valibot';
import { SPEC_VERSION } from '../spec-version';
import { commonDescriptionSchema } from './common-manifest';
import { factorDescriptionSchema } from './factor-manifest';
import type { Immutable } from './immutable';
import { haveOwnFiles, modelFilesSchema } from './primitives';
import type { TaskDescription } from './task';

export const commonBrickFileSchema = v.object({
  spec: v.literal(SPEC_VERSION),
  kind: v.literal('common'),
  description: commonDescriptionSchema,
  model: modelFilesSchema,
});
/** `brick.json` of a common-knowledge network that has not been packed yet. */
export type CommonBrickFile = Immutable<v.InferOutput<typeof commonBrickFileSchema>>;

/** @param task the schema of its task */
export const factorBrickFileSchema = (task: v.GenericSchema<unknown, TaskDescription>) =>
  v.pipe(
    v.object({
      spec: v.literal(SPEC_VERSION),
      kind: v.literal('factor'),
      description: factorDescriptionSchema(task),
      specific: modelFilesSchema,
      head: modelFilesSchema,
    }),
    v.check(({ specific, head }) => haveOwnFiles(specific, head), 'specific and head must not share a file'),
  );
/** `brick.json` of a factor that has not been packed yet. */
export type FactorBrickFile = Immutable<v.InferOutput<ReturnType<typeof factorBrickFileSchema>>>;
