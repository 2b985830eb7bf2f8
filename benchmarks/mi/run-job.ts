// One job in a process of its own: node … run-job.ts <job as JSON> <file for the result>
import { useBackend } from '@factornet/core';
import { writeText } from '@factornet/core/node';
import type { Job } from './job';
import { runStaircase } from './staircase/run-staircase';
import { runTask } from './tasks/run-task';

const [description, file] = process.argv.slice(2) as [string, string];
const job = JSON.parse(description) as Job;
await useBackend('wasm');
const result = await (job.kind === 'staircase' ? runStaircase(job) : runTask(job));
await writeText(file, JSON.stringify(result));
