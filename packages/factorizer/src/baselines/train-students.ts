import type { TaskDescription } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import type { CheckpointStore } from '../training/checkpoint';
import { disposePlainNetwork, type PlainNetwork } from './plain-network';
import { type BaselineOptions, trainSharedTrunk } from './train-shared-trunk';

export interface StudentsOptions extends Omit<BaselineOptions, 'checkpoint'> {
  /** One student each. Default: all of the teacher's. */
  tasks?: readonly TaskDescription[];
  /** Of every student, or one by task. */
  backbone: Backbone | ((task: TaskDescription) => Backbone);
  /** By task: widens the backbone until its student has so many, its head included; see `equalParameters`. */
  parameters?: Readonly<Record<string, number>>;
  /** Where each student's run is kept. Those that are complete are read from there, not trained again. */
  checkpoint?: (task: string) => CheckpointStore;
}

/**
 * Separate students: an ordinary network per task, distilled from the same teacher in the same loop as a factorization. They
 * share nothing, so nothing that one task teaches helps another, and nothing of them can be assembled.
 *
 * The caller disposes of each with `disposePlainNetwork`.
 *
 * @throws as `trainSharedTrunk`
 */
export async function trainStudents({
  backbone,
  parameters,
  checkpoint,
  ...options
}: StudentsOptions): Promise<Readonly<Record<string, PlainNetwork>>> {
  const students: Record<string, PlainNetwork> = {};
  try {
    for (const task of options.tasks ?? options.teacher.tasks) {
      const count = parameters?.[task.name];
      students[task.name] = await trainSharedTrunk({
        ...options,
        tasks: [task],
        backbone: typeof backbone === 'function' ? backbone(task) : backbone,
        name: `student-${task.name}`,
        ...(count !== undefined && { parameters: count }),
        ...(checkpoint && { checkpoint: checkpoint(task.name) }),
      });
    }
    return students;
  } catch (error) {
    for (const student of Object.values(students)) disposePlainNetwork(student);
    throw error;
  }
}
