import { findFusion } from '@factornet/core/internal';
import {
  type CommonDescription,
  type FactorDescription,
  type FactorReport,
  type Provenance,
  type TaskKind,
  taskKinds,
} from '@factornet/spec';
import { kindOf, taskFacts } from '@factornet/spec/internal';
import type { TeacherManifest } from '@factornet/spec/training';
import { formatCount, formatShare } from '../../render/format';
import { formatMeasured } from '../../report/leakage-table';

/** What something says about itself, as `renderFacts` shows it. */
export type Facts = Fact[];
type Fact = [name: string, value: string | number];

export function teacherFacts(manifest: TeacherManifest, kinds: readonly TaskKind[] = taskKinds): Facts {
  const { name, input, tasks, taps, parameters, accuracy, data, command, seed } = manifest;
  return [
    ['kind', 'teacher'],
    ['name', name],
    ['input', input.shape.join(' × ')],
    ...tasks.map((task): [string, string] => [
      `task ${task.name}`,
      `${taskFacts(task, kinds).names.join(', ')} (${kindOf(task, kinds).score} ${formatShare(accuracy[task.name])})`,
    ]),
    ['taps', taps.join(', ')],
    ['parameters', formatCount(parameters)],
    ['measured on', data],
    ['seed', seed],
    ['made by', command],
  ];
}

export function commonFacts({ input, features, maps, backbone, ...rest }: CommonDescription): Facts {
  return [
    ['kind', 'common-knowledge network'],
    ['input', input.shape.join(' × ')],
    ['features', features.shape[0]],
    ...maps.map(({ name, shape }): Fact => [`map ${name}`, shape.join(' × ')]),
    ['backbone', `${backbone.name} ${JSON.stringify(backbone.options)}`],
    ['parameters', formatCount(rest.parameters)],
    ['representation', rest.representation],
    ...provenanceFacts(rest.provenance),
  ];
}

export function factorFacts(
  { task, fusion, reads, code, report, ...rest }: FactorDescription,
  kinds: readonly TaskKind[] = taskKinds,
): Facts {
  const facts = taskFacts(task, kinds);
  return [
    ['kind', 'factor'],
    ['task', task.name],
    [facts.heading, facts.names.join(', ')],
    ['fusion', `head(${findFusion(fusion, task.name).formula}) (${fusion.type})`],
    ['code', `${code.type} of ${code.length} numbers, capacity ${explainCapacity(code.capacity)}`],
    ...reads.map(
      ({ from, backbone }): Fact => [`reads ${from}`, `${backbone.name} ${JSON.stringify(backbone.options)}`],
    ),
    ['parameters', formatCount(rest.parameters)],
    [
      kindOf(task, kinds).score,
      `${formatShare(report.accuracy)} (teacher ${formatShare(report.teacherAccuracy)})`,
    ],
    ...(report.heldOut === undefined ? [] : [measuredOn(report.heldOut)]),
    ...leakageFacts(report),
    ['representation', rest.representation],
    ...provenanceFacts(rest.provenance),
  ];
}

function measuredOn({ examples, data }: { examples: number; data: string }): Facts[number] {
  return ['measured on', `${formatCount(examples)} pictures of ${data}`];
}

/** By each probe that read the code. */
function leakageFacts({ leakage = [] }: FactorReport): Fact[] {
  return leakage.map(({ probe, examples, mean, maximum }) => [
    `leaks (${probe} probe)`,
    `${formatMeasured(mean)} on average, ${formatMeasured(maximum)} at most, of ${formatCount(examples)} examples`,
  ]);
}

function provenanceFacts({ teacher, data, objective, seed, backend }: Provenance): Facts {
  return [
    ['teacher', teacher === undefined ? 'none (labels alone)' : teacher.name],
    ['data', data],
    ['objective', objective.map(({ term, weight }) => `${weight} ${term}`).join(' + ')],
    ['seed', seed],
    ['backend', backend],
  ];
}

/** What a code can tell about anything at most. */
function explainCapacity(capacity: FactorDescription['code']['capacity']): string {
  return capacity === 'infinite' ? 'unlimited' : `${capacity.toFixed(2)} nats`;
}
