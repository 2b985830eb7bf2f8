// A process that does jobs of the benchmark, one after the other, as they are sent to it.
import { dirname } from 'node:path';
import { useBackend } from '@factornet/core';
import { teacherDirectory } from '@factornet/example-quickstart/settings';
import { readTeacher } from '@factornet/factorizer/node';
import { serveJobs } from '../jobs/job-pool';
import type { Job } from './job';
import { runCommon } from './runs/run-common';
import { runLabelSpace } from './runs/run-label-space';
import { runNewFactor } from './runs/run-new-factor';
import { runRow } from './runs/run-row';

await useBackend('wasm');
const { teacher } = await readTeacher(teacherDirectory);

serveJobs<Job>(async (job, file): Promise<unknown> => {
  switch (job.kind) {
    case 'row':
      return runRow(job, teacher);
    case 'common':
      return runCommon(job, teacher, dirname(file));
    case 'new-factor':
      return runNewFactor(job, dirname(file));
    case 'label-space':
      return runLabelSpace(job, teacher);
  }
});
