import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import type { TaskDescription } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { expectTypeOf } from 'vitest';
import type { Teacher } from '../teacher/teacher';
import { disposeFactorization } from './factorization';
import { factorize } from './factorize';
import { trainFactor } from './train-factor';

declare const teacher: Teacher;
declare const data: Dataset;
declare const backbone: Backbone;
declare const network: CommonNetwork;
const networks = { teacher, data, common: backbone, specific: backbone };

const { common, factors, history } = await factorize({
  ...networks,
  tasks: [
    { name: 'shape', type: 'classification', classes: ['circle', 'star'] },
    { name: 'object-hue', type: 'classification', classes: ['red', 'blue'] },
  ],
});
expectTypeOf(common).toEqualTypeOf<CommonNetwork>();
expectTypeOf<keyof typeof factors>().toEqualTypeOf<'shape' | 'object-hue'>();
expectTypeOf(factors.shape).toExtend<FactorNetwork>();
expectTypeOf(factors.shape.description.task.name).toEqualTypeOf<'shape'>();
expectTypeOf(factors['object-hue'].description.task.classes).toExtend<readonly string[]>();
expectTypeOf(history[0]?.terms.supervision).toEqualTypeOf<number | undefined>();
// @ts-expect-error there is no such task
export const misspelt = factors.shpae;

const open = await factorize(networks);
expectTypeOf(open.factors.shape).toEqualTypeOf<FactorNetwork<TaskDescription> | undefined>();
disposeFactorization(open);

// @ts-expect-error factorize needs a teacher
await factorize({ data, common: backbone, specific: backbone });
// @ts-expect-error a backbone is an object from a factory, not its name
await factorize({ ...networks, common: 'resnet18' });

const trained = await trainFactor({
  common: network,
  task: { name: 'size', type: 'classification', classes: ['small', 'large'] },
  specific: backbone,
  data,
});
expectTypeOf(trained.factor.description.task.name).toEqualTypeOf<'size'>();
// @ts-expect-error the factor is that of its task
export const other: 'shape' = trained.factor.description.task.name;
declare const task: TaskDescription;
const anyFactor = await trainFactor({ common: network, task, specific: backbone, data });
expectTypeOf(anyFactor.factor).toEqualTypeOf<FactorNetwork<TaskDescription>>();
// @ts-expect-error a new factor needs an existing common-knowledge network, not a backbone
await trainFactor({ common: backbone, task, specific: backbone, data });
