import {
  type CommonNetwork,
  codeOf,
  commonOutputs,
  type FactorNetwork,
  factorLogits,
  normalizeImages,
  useBackend,
} from '@factornet/core';
import { adamW } from '@factornet/core/training';
import { imagesTensor, type LabelValues } from '@factornet/data';
import { convolutional } from '@factornet/zoo';
import { gather, type Tensor, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainableCategorical } from '../codes/trainable-categorical';
import { trainableGaussian } from '../codes/trainable-gaussian';
import { disposeFactorization } from '../factorize/factorization';
import { factorize } from '../factorize/factorize';
import type { FactorizeOptions } from '../factorize/factorize-options';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { frozenCommonPart } from '../networks/common-part';
import { factorObjective } from '../objective/factor-objective';
import { layersTeacher } from '../teacher/layers-teacher';
import type { Teacher } from '../teacher/teacher';
import { trainTeacher } from '../teacher/train-teacher';
import { keepTasks, tinyData, tinyInput, tinyTaps, tinyTeacherModel } from '../testing/tiny';
import { diagnoseFactors } from './diagnose-factors';

/** Enough pictures for a teacher that knows its tasks, few enough for fifty factorizations in some minutes. */
const names = ['object-hue', 'background-hue'];
const train = keepTasks(tinyData(600, 21), names);
const held = keepTasks(tinyData(600, 22), names);
const seeds = [1, 2, 3, 4, 5];

type Settings = Partial<Pick<FactorizeOptions<Teacher['tasks']>, 'code' | 'objective' | 'optimizer'>>;
const rate = (times: number): Settings => ({
  optimizer: adamW({ learningRate: times * 16e-3, weightDecay: 0.01 }),
});
const scale = (times: number): Settings => ({ code: trainableCategorical({ scale: 15 * times }) });
const beta = (times: number): Settings => ({
  code: trainableGaussian(),
  objective: factorObjective({ beta: 0.15 * times }),
});

const defaults: Record<string, Settings> = { 'as it is': {}, 'Gaussian, as it is': beta(1) };
const changed: Record<string, Settings> = {
  'half the learning rate': rate(0.5),
  'twice the learning rate': rate(2),
  'half the code scale': scale(0.5),
  'twice the code scale': scale(2),
  'half of β': beta(0.5),
  'twice β': beta(2),
};
/** What kills codes for certain, so that there is something to say. */
const deadly: Settings = {
  code: trainableGaussian(),
  objective: factorObjective({ beta: 20, floor: 0 }),
};

let teacher: Teacher;
beforeAll(async () => {
  await useBackend('wasm');
  const model = tinyTeacherModel(train.tasks);
  const optimizer = adamW({ learningRate: 1e-2, weightDecay: 0.01 });
  const { tasks } = train;
  await trainTeacher({ model, input: tinyInput, tasks, data: train, epochs: 12, batchSize: 32, optimizer });
  teacher = await layersTeacher({
    model,
    name: 'tiny',
    input: tinyInput,
    tasks: train.tasks,
    taps: tinyTaps,
  });
});
afterAll(() => teacher.dispose());

interface Judged {
  /** Kinds of codes that ship for held-out pictures. */
  readonly codes: number;
  /** Share of right answers with its own t, less that with the t of another picture. */
  readonly lost: number;
}

/** Whether a factor needs its t, by hand: asked about held-out pictures, with their own t and with that of the next but ten. */
async function judge(common: CommonNetwork, factor: FactorNetwork): Promise<Judged> {
  const batch = await held.read(Array.from({ length: held.size }, (_, index) => index));
  const labels = batch.labels[factor.description.task.name] as LabelValues;
  const others = Array.from({ length: held.size }, (_, index) => (index + 11) % held.size);
  const [codes, own, other] = tidy(() => {
    const inputs = normalizeImages(imagesTensor(batch, held.imageShape), tinyInput);
    const offered = commonOutputs({ network: common.network, maps: common.description.maps }, inputs);
    const t = codeOf(factor, offered);
    const said = (code: typeof t) => factorLogits(factor, offered.features, code).argMax(1);
    return [t, said(t), said(gather(t, others))] as const;
  });
  const rows = (await codes.array()) as number[][];
  const right = async (answers: Tensor) =>
    [...(await answers.data())].filter((answer, index) => answer === labels[index]).length / held.size;
  const judged = {
    codes: new Set(rows.map((row) => row.map((value) => value.toFixed(6)).join())).size,
    lost: (await right(own)) - (await right(other)),
  };
  for (const each of [codes, own, other]) each.dispose();
  return judged;
}

/**
 * One run, judged; what is said of its codes, and what is left unsaid. Besides the run itself, which sees the pictures that it
 * has learnt, its evaluation on held-out ones may say it.
 */
async function run(settings: Settings, seed: number) {
  const made = await factorize({
    teacher,
    data: train,
    common: convolutional({ filters: [8, 12], strides: 2, features: 16 }),
    specific: convolutional({ filters: [8], strides: 2, features: 12 }),
    seed,
    ...settings,
  });
  const evaluated = {
    common: frozenCommonPart(made.common),
    factors: Object.values(made.factors),
    kinds: trainableTaskKinds,
    data: held,
    seed,
  };
  const findings = [...made.findings, ...(await diagnoseFactors(evaluated))];
  const said = (task: string) =>
    findings.filter((finding) => finding.task === task && /^(dead|ignored|unproven)-/.test(finding.code));
  const dead: string[] = [];
  const unsaid: string[] = [];
  for (const [task, factor] of Object.entries(made.factors)) {
    const { codes, lost } = await judge(made.common, factor);
    if (codes > 1 && lost > 0.005) continue;
    dead.push(task);
    if (said(task).length === 0) unsaid.push(`${task}: ${codes} codes, ${lost} lost`);
  }
  const called = Object.keys(made.factors).filter((task) => said(task).length > 0);
  disposeFactorization(made);
  return { dead, unsaid, called };
}

describe('codes over five seeds', () => {
  it.each(Object.keys(defaults))('%s: none is dead, and none is said to be', async (name) => {
    for (const seed of seeds) {
      expect(await run(defaults[name] as Settings, seed)).toEqual({ dead: [], unsaid: [], called: [] });
    }
  });

  it.each(Object.keys(changed))('%s: none is dead unsaid', async (name) => {
    for (const seed of seeds) expect((await run(changed[name] as Settings, seed)).unsaid).toEqual([]);
  });

  it('twenty times β, without a floor: they are dead, and said to be', async () => {
    const { dead, unsaid } = await run(deadly, 1);
    expect(dead.length).toBeGreaterThan(0);
    expect(unsaid).toEqual([]);
  });
});
