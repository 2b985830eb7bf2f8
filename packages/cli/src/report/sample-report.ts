import { shapes } from '@factornet/data';
import { pictureDataUri } from '@factornet/data/node';
import type { ProbedLeakage } from '@factornet/factorizer';
import type { Calibration, Measured } from '@factornet/metrics';
import type { Report, ReportExample } from '@factornet/pipeline';

/** ± 0.02 */
const measured = (value: number): Measured => ({ value, standardError: 0.02 });
const tasks = ['shape', 'object-hue', 'size', 'background-hue'];

/** A made-up report of the right form, for tests of how reports look. */
export async function sampleReport(): Promise<Report> {
  const perTaskOf = <Value>(value: (index: number) => Value): Record<string, Value> =>
    Object.fromEntries(tasks.map((task, index) => [task, value(index)]));
  const perTask = (value: (index: number) => number) => perTaskOf(value);
  const allPairs = (value: (from: number, to: number) => number) =>
    perTaskOf((from) => perTask((to) => value(from, to)));
  const probed = (value: (from: number, to: number) => number): ProbedLeakage => {
    const row = (from: number) =>
      tasks.flatMap((to, at) => (at === from ? [] : [[to, measured(value(from, at))] as const]));
    const codes = perTaskOf((from) => Object.fromEntries(row(from)));
    const rows = perTaskOf((from) => {
      const [to, maximum] = row(from).reduce((most, each) => (each[1].value > most[1].value ? each : most));
      return { mean: measured(0.25), maximum: { ...maximum, from: tasks[from] as string, to } };
    });
    return {
      ...{
        examples: 2000,
        codes,
        rows,
        mean: measured(0.529),
        reference: perTaskOf(() => ({ accuracy: 0.95, chance: 0.2 })),
      },
      common: perTaskOf((index) => measured(0.84 + index / 20)),
      maximum: { ...measured(0.9), from: 'shape', to: 'size' },
    };
  };
  const calibration = (error: number): Calibration => ({
    error,
    standardError: 0.003,
    ofPerfect: 0.008,
    bins: Array.from({ length: 15 }, (_, bin) => {
      const confidence = (bin + 0.5) / 15;
      return { confidence, accuracy: confidence ** (1 + error), count: bin < 4 ? 0 : bin ** 2 };
    }),
  });
  const packages = ['@me/shapes-common', ...tasks.map((task) => `@me/shapes-${task}`)];
  return {
    title: 'Sample & <report>',
    teacher: {
      accuracy: perTask((index) => 0.96 + index / 100),
      calibration: perTaskOf((index) => calibration(0.011 + index / 1000)),
    },
    factors: Object.fromEntries(
      tasks.map((task, index) => [
        task,
        {
          accuracy: 0.955 + index / 100,
          calibration: calibration(0.021 + index / 1000),
          accuracyWithout: { common: 0.71 - index / 20, specific: 0.41 + index / 20 },
          accuracyWhenShuffled: 0.32 + index / 20,
          codeMatters: {
            whenShuffled: { lost: 0.635 - index / 25, standardError: 0.011, examples: 2000 },
            whenZeroed: { lost: 0.545 - index / 25, standardError: 0.012, examples: 2000 },
          },
          accuracyFromSpecificAlone: { linear: 0.93 + index / 60, kernel: 0.94 + index / 60 },
          normalisedFromSpecificAlone: {
            linear: measured(0.91 + index / 60),
            kernel: measured(0.92 + index / 60),
          },
        },
      ]),
    ),
    codeMatters: {
      least: {
        task: 'background-hue',
        when: 'whenZeroed',
        lost: 0.425,
        standardError: 0.012,
        examples: 2000,
      },
    },
    findings: [
      {
        code: 'capped-term',
        message: 'The term "common-information" ended at 4.150 nats.',
        value: 4.15,
        limit: 4.07,
        hint: 'Take larger batches.',
      },
    ],
    assembly: {
      accuracy: perTask((index) => 0.955 + index / 100),
      maxAbsoluteDifference: 4.8e-7,
      commonEvaluationsPerInput: 1,
    },
    joint: [
      {
        labelSpace: 'letters',
        classes: 7,
        accuracy: { teacher: 0.973, assembly: 0.941 },
        temperature: 1.38,
        calibration: {
          teacher: calibration(0.012),
          before: calibration(0.082),
          assembly: calibration(0.014),
        },
      },
    ],
    leakage: {
      linear: probed((from, to) => ((from * 3 + to) % 4) / 50 - 0.01),
      kernel: probed((from, to) => 0.12 + ((from * 7 + to * 5) % 9) / 11),
    },
    guarantees: {
      shape: { capacity: Math.log(5), atMost: {}, left: 0.1 },
      'object-hue': { capacity: 'infinite' },
    },
    information: {
      common: {
        lower: 4.13,
        standardError: 0.04,
        cap: Math.log(128),
        warnings: ['is about to reach its cap'],
      },
      codes: perTaskOf((index) => ({
        lower: 1.9 + index / 10,
        upper: 2.1 + index / 10,
        gaussianKL: 3.4 + index / 5,
        cap: Math.log(2000),
      })),
      labels: allPairs((from, to) => (from === to ? 1.25 + to / 40 : 0.04 + ((from * 7 + to * 5) % 9) / 70)),
      labelEntropy: perTask((index) => 1.39 + index / 10),
    },
    measuredOn: 2000,
    bytes: Object.fromEntries(packages.map((name, index) => [name, index === 0 ? 131_400 : 33_700 + index])),
    parameters: Object.fromEntries(
      packages.map((name, index) => [name, index === 0 ? 25_600 : 7_912 + index]),
    ),
    seconds: { teacher: 0.4, factorize: 74.2, pack: 2.9, install: 11.6, assemble: 1.3, evaluate: 6.4 },
    backend: 'wasm',
    seed: 1,
    history: Array.from({ length: 10 }, (_, index) => ({
      epoch: index + 1,
      loss: 6.2 * Math.exp(-index / 3) - 1.5,
      terms: {
        supervision: 5.9 * Math.exp(-index / 3),
        transfer: 1.1 * Math.exp(-index / 4),
        'common-information': 3.4 * (1 - Math.exp(-index / 2)),
        'task-information': 5.6 * (1 - Math.exp(-index / 3)),
        bottleneck: 20 * Math.exp(-index / 5) + 6,
      },
    })),
    examples: await sampleExamples(),
  };
}

async function sampleExamples(): Promise<ReportExample[]> {
  const data = shapes({ size: 8, seed: 3 });
  const { images, labels } = await data.read([0, 1, 2, 3, 4, 5, 6, 7]);
  const length = images.length / 8;
  return Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const truth = Object.fromEntries(
        data.tasks.map(({ name, classes }) => [name, classes[labels[name]?.[index] as number] as string]),
      );
      const picture = images.subarray(index * length, (index + 1) * length);
      return {
        image: await pictureDataUri(picture, data.imageShape),
        truth: index === 5 ? { shape: truth.shape as string } : truth,
        predicted: index === 2 ? { ...truth, shape: 'pentagram' } : truth,
      };
    }),
  );
}
