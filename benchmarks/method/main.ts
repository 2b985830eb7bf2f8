// Whether factorization is worth it: beside its baselines, under a strong probe, and for new factors.
//   pnpm bench:method [--json] [--quick] [--jobs 2] [--fresh] [--results <folder>]
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { useBackend } from '@factornet/core';
import { Command } from 'commander';
import { descriptionOfMachine } from '../wasm/machine';
import { barsOf } from './bars';
import { figuresOf } from './figures';
import { renderMethod } from './render';
import { runPlan } from './run-plan';
import { fullSettings, quickSettings } from './settings';

const { json, quick, jobs, fresh, results } = new Command('bench:method')
  .description('The factorization beside its baselines, its leakage, and new factors on it')
  .option('--json', 'print one JSON object', false)
  .option('--quick', 'few pictures, two seeds: every key, and no claim', false)
  .option(
    '--jobs <count>',
    'how many processes run side by side',
    Number,
    Math.min(2, availableParallelism()),
  )
  .option('--fresh', 'start anew, in place of going on with the results that are there', false)
  .option('--results <folder>', 'results of each job; those that are there are not run again')
  .parse()
  .opts<{ json: boolean; quick: boolean; jobs: number; fresh: boolean; results?: string }>();

const settings = quick ? quickSettings : fullSettings;
const folder = results ?? fileURLToPath(new URL(`../out/method${quick ? '-quick' : ''}`, import.meta.url));
if (fresh) await rm(folder, { recursive: true, force: true });

await useBackend('wasm');
const machine = await descriptionOfMachine();
const { learningRates, equalTimeEpochs, ...found } = await runPlan(settings, { folder, concurrency: jobs });
const figures = figuresOf(found);
const bars = barsOf(figures).map((bar) => (quick ? { ...bar, met: undefined } : bar));
const report = { machine, quick, settings, learningRates, equalTimeEpochs, ...figures, bars };
if (quick) process.stderr.write('A quick run: its figures say nothing.\n');
process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${renderMethod(figures, bars)}\n`);
