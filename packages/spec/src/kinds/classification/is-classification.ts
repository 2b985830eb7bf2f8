import type { TaskDescription } from '../../manifest/task';
import type { ClassificationTask } from './classification-task';

/** Whether a task is of the kind whose classes exclude each other, for what only makes sense of such. */
export function isClassification(task: TaskDescription): task is ClassificationTask {
  return task.type === 'classification';
}
