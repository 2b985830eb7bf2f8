import { type Dataset, matchTasks } from '@factornet/data';
import { InvalidOptionError } from '@factornet/spec';
import type { ObjectiveTerm } from '../objective/objective-term';
import { readingsOf } from '../objective/tap-reading';
import { findTaskLogits } from '../teacher/task-logits';
import type { Teacher } from '../teacher/teacher';
import { cacheTeacher, type TeacherLookUp } from '../teacher/teacher-cache';
import { type LabelSurvey, surveyLabels } from '../training/label-survey';
import type { RunTask } from './prepare-step';
import { type TrainingOptions, trainingDefaults } from './training-options';

/** What the trainings of one run have in common: the examples, their labels, and what the teacher answers to them. */
export interface TrainingInputs {
  readonly teacher: Teacher | undefined;
  /** Classes count as the tasks number them. */
  readonly data: Dataset;
  readonly survey: LabelSurvey;
  /** Has the teacher answer, once for the whole run. */
  ask(): Promise<TeacherLookUp | undefined>;
}

/**
 * Reads every label, before any time is spent.
 *
 * @param objective the terms of all trainings
 * @throws LabelOutOfRangeError, InvalidOptionError for data that do not go with the tasks
 * @throws UnknownTaskError if the teacher does not know a task
 */
export async function openInputs({
  teacher,
  data: given,
  tasks,
  objective,
  options,
}: {
  readonly teacher: Teacher | undefined;
  readonly data: Dataset;
  readonly tasks: readonly RunTask[];
  readonly objective: readonly ObjectiveTerm[];
  readonly options: TrainingOptions;
}): Promise<TrainingInputs> {
  const { kinds } = { ...trainingDefaults, ...options };
  const all = tasks.map(({ task }) => task);
  const data = matchTasks(given, all, kinds);
  const survey = await surveyLabels(data, all, kinds);
  refuseTasksWithoutTargets(teacher, tasks, survey);
  let asked: Promise<TeacherLookUp> | undefined;
  return {
    teacher,
    data,
    survey,
    ask: async () => {
      asked ??= teacher && cacheTeacher(teacher, data, { ...options, readings: readingsOf(objective) });
      return asked;
    },
  };
}

function refuseTasksWithoutTargets(
  teacher: Teacher | undefined,
  tasks: readonly RunTask[],
  { labels }: LabelSurvey,
): void {
  for (const { task, kind } of tasks) {
    // Throws for a task that the teacher does not know.
    if (teacher !== undefined) findTaskLogits(teacher, task, kind);
    else if (labels[task.name] === undefined) {
      throw new InvalidOptionError({
        option: 'data',
        expected: `labelled for the task "${task.name}", since there is no teacher to label it`,
        received: `without it`,
      });
    }
  }
}
