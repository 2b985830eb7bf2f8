import * as v from 'valibot';
import { inputSchema } from './input';
import { modelFilesSchema, positiveInteger } from './primitives';
import { taskSchema } from './task';

export const teacherManifestSchema = v.object({
  spec: v.literal(1),
  kind: v.literal('teacher'),
  name: v.pipe(v.string(), v.minLength(1)),
  input: inputSchema,
  /** Model outputs in order: one logits vector per task. */
  tasks: v.pipe(v.array(taskSchema), v.minLength(1)),
  /** Layers whose outputs the InfoMax terms look at. */
  taps: v.array(v.string()),
  parameters: positiveInteger,
  model: modelFilesSchema,
  /** Test accuracy per task, with the data it was measured on and the command that trained it. */
  accuracy: v.record(v.string(), v.number()),
  data: v.string(),
  command: v.string(),
  seed: v.number(),
});

/** `teacher.json` beside a teacher's model files. */
export type TeacherManifest = v.InferOutput<typeof teacherManifestSchema>;
