import * as v from 'valibot';
import { SPEC_VERSION } from '../spec-version';
import type { Immutable } from './immutable';
import { inputSchema } from './input';
import { finiteNumber, modelFilesSchema, nonEmptyString, positiveInteger, share } from './primitives';
import type { TaskDescription } from './task';

/** @param task the schema of one of its tasks */
export const teacherManifestSchema = (task: v.GenericSchema<unknown, TaskDescription>) =>
  v.object({
    spec: v.literal(SPEC_VERSION),
    kind: v.literal('teacher'),
    name: nonEmptyString,
    input: inputSchema,
    /** Model outputs in order: one logits vector per task. */
    tasks: v.pipe(
      v.array(task),
      v.minLength(1),
      v.check(
        (tasks) => new Set(tasks.map(({ name }) => name)).size === tasks.length,
        'task names must differ',
      ),
    ),
    /** Layers whose outputs the InfoMax terms look at. */
    taps: v.array(nonEmptyString),
    parameters: positiveInteger,
    model: modelFilesSchema,
    /** Test accuracy per task, with the data it was measured on and the command that trained it. */
    accuracy: v.record(v.string(), share),
    data: v.string(),
    command: v.string(),
    seed: finiteNumber,
  });

/** `teacher.json` beside a teacher's model files. */
export type TeacherManifest = Immutable<v.InferOutput<ReturnType<typeof teacherManifestSchema>>>;
