import type { CommonManifest, FactorManifest, FactorReport, Narrowing, TaskKind } from '@factornet/spec';
import { cell, count, drift, percent, table } from './markdown';

/** What a factor measured about itself when it was made, if it did. */
export function explainReport({ report }: FactorManifest, kind: TaskKind): string | undefined {
  const { accuracy, teacherAccuracy, heldOut, leakage, dead, figures = {} } = report;
  const warning = dead === undefined ? [] : [`> **A dead factor.** ${cell(dead)}`];
  if (accuracy === undefined && leakage === undefined) return warning[0];
  const lines = [...warning, '## Measured on held-out data'];
  if (heldOut !== undefined) {
    const examples = `${count(heldOut.examples)} ${heldOut.examples === 1 ? 'picture' : 'pictures'}`;
    lines.push(`On ${examples} of ${cell(heldOut.data)}, which no network was trained on.`);
  }
  if (accuracy !== undefined) {
    const rows = [
      ['this factor', percent(accuracy)],
      ['its teacher', percent(teacherAccuracy)],
    ];
    lines.push(table(['', kind.score], rows));
  }
  const measured = Object.entries(figures).map(([name, value]) => [cell(name), value.toPrecision(4)]);
  if (measured.length > 0) lines.push(table(['', 'this factor'], measured));
  lines.push(...explainLeakage(leakage));
  return lines.join('\n\n');
}

/** What probes found t to tell about other tasks. */
function explainLeakage(leakage: FactorReport['leakage'] = []): string[] {
  const others = [...new Set(leakage.flatMap(({ tasks }) => Object.keys(tasks)))];
  if (others.length === 0) return [];
  const read = (measured: { readonly value: number; readonly standardError: number } | undefined) =>
    measured ? `${measured.value.toFixed(2)} ± ${measured.standardError.toFixed(2)}` : '–';
  const [first] = leakage;
  return [
    `Leakage: what t, as it ships, tells about other tasks (0 is chance, 1 what the same probe reads from the teacher’s maps), with standard errors, on ${count(first?.examples ?? 0)} examples. What z tells, whoever has the common-knowledge network has anyway.`,
    table(
      ['other task', ...leakage.map(({ probe }) => `${cell(probe)} probe`)],
      [
        ...others.map((other) => [cell(other), ...leakage.map(({ tasks }) => read(tasks[other]))]),
        ['mean', ...leakage.map(({ mean }) => read(mean))],
        ['largest', ...leakage.map(({ maximum }) => read(maximum))],
      ],
    ),
  ];
}

/** What storing weights in fewer bits cost. */
export function explainNarrowing(
  narrowing: Narrowing | undefined,
  kind: 'common' | 'factor',
  probes: number,
): string {
  if (narrowing === undefined) return 'Weights are stored as float32, as they were trained.';
  const { dtype, agreement, accuracy } = narrowing;
  const moved = kind === 'common' ? 'features' : 'logits';
  const sentences = [
    `Weights are stored as ${dtype}, which moved the ${moved} by at most ${drift(narrowing.drift)} of their length on the golden probes.`,
  ];
  if (agreement !== undefined) {
    sentences.push(`The likeliest class stayed the same for ${Math.round(agreement * probes)} of ${probes}.`);
  }
  if (accuracy !== undefined) {
    sentences.push(
      `Accuracy with the common-knowledge network went from ${percent(accuracy.before)} (both as float32) to ${percent(accuracy.after)} (both as published), on ${count(accuracy.examples)} examples of ${cell(accuracy.data)}.`,
    );
  }
  return sentences.join(' ');
}

/** What golden probes are there, and how to run them. */
export function explainProbes(name: string, { kind, probes }: CommonManifest | FactorManifest): string {
  const expected =
    kind === 'common' ? 'features' : 'logits, and the common-knowledge features they build upon,';
  const { other, ...backends } = probes.tolerance;
  return `## Golden probes

\`${probes.file.path}\` holds ${probes.count} ${probes.count === 1 ? 'picture' : 'pictures'} with the ${expected} that \
this network gives for them. \`npx @factornet/cli verify ${name}\` runs them on your machine, and tolerates a deviation of

${table([...Object.keys(backends), 'other backends'], [[...Object.values(backends), other].map(String)])}`;
}
