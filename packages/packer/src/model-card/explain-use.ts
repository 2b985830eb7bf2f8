import { type CommonManifest, type FactorManifest, PICTURE, type TaskKind } from '@factornet/spec';
import { outputSize, shellWord } from '@factornet/spec/internal';
import { cell, drift, table } from './markdown';

/** How to install and use a common-knowledge network, and what it takes and gives. */
export function explainCommon(
  name: string,
  { input, features, maps, compatibility }: CommonManifest,
): string[] {
  const [height, width, channels] = input.shape;
  const { mean, standardDeviation } = input.normalization;
  const offered = maps.map((map) => `\`${map.name}\` \`[batch, ${map.shape.join(', ')}]\``).join(', ');
  return [
    `## Use

A common-knowledge network: it turns a picture into features that factor packages build upon.

\`\`\`sh
npm install @factornet/assembler @tensorflow/tfjs ${name} # and factors made for it
\`\`\`

\`\`\`js
import { assemble } from '@factornet/assembler';
import common from '${name}';

const network = await assemble(common, [/* factor packages */]);
\`\`\``,
    `## Input and output

Pictures of ${height} × ${width} with ${channels} channels (${input.layout}), values in [0, 1]; \
mean ${mean.join(', ')} and standard deviation ${standardDeviation.join(', ')} \
per channel are applied by the assembler. Features: \`[batch, ${features.shape[0]}]\`.\
${offered === '' ? '' : ` Maps, which factors may read besides: ${offered}.`}`,
    explainCompatibility(compatibility),
  ];
}

function explainCompatibility({ tolerance, representations }: CommonManifest['compatibility']): string {
  const promise = `## Versions

Versions are measured on golden probes: the same features are a patch, features that moved by at most \
${drift(tolerance)} of their length are a minor release, and factors go on working with both. Anything else is a \
major release, for which factors are trained anew.`;
  if (representations.length === 0) return promise;
  return `${promise} This version stands in for

${table(
  ['the features of', 'from which its own are at most'],
  representations.map((known) => [
    known.version === undefined
      ? 'weights before they were stored in fewer bits'
      : `version ${known.version}`,
    `${drift(known.drift)} away`,
  ]),
)}`;
}

/** How to install and use a factor, and what it tells. */
export function explainFactor(
  name: string,
  { common, task, fusion, reads, code, probes }: FactorManifest,
  kind: TaskKind,
): string[] {
  const [height, width, channels] = probes.input.shape;
  const { labelSpace } = task;
  const [what, names] = Object.entries(kind.facts(task))[0] as [string, readonly string[]];
  const prediction = kind.decode(new Float32Array(outputSize(kind, task)), task);
  const space =
    labelSpace === undefined
      ? ''
      : ` They are ${labelSpace.indices.length} of the ${labelSpace.classes.length} classes of "${cell(labelSpace.name)}".`;
  return [
    `## Use

A factor: with the common-knowledge network \`${common.name}\` (${common.range}) it predicts the task "${task.name}".

\`\`\`sh
npm install @factornet/assembler @tensorflow/tfjs ${shellWord(`${common.name}@${common.range}`)} ${name}
\`\`\`

\`\`\`js
import { assemble } from '@factornet/assembler';
import common from '${common.name}';
import factor from '${name}';

const network = await assemble(common, [factor]);
const predictions = await network.predict(images); // [batch, ${height}, ${width}, ${channels}], values in [0, 1]
console.log(predictions['${task.name}']${'labels' in Object(prediction) ? '.labels' : ''});
\`\`\``,
    `## Task

"${task.name}", ${task.type} ${kind.answer ? 'into' : 'of'} ${names.length} ${what}: ${names.map(cell).join(', ')}.${space} \
Fusion: ${fusion.type}.

${explainCode(reads, code)}`,
  ];
}

/** What a factor reads, what it makes of that, and how much that may be. */
function explainCode(
  reads: FactorManifest['reads'],
  { type, length, capacity, settings }: FactorManifest['code'],
): string {
  const from = reads.map((read) => (read.from === PICTURE ? 'the picture' : `the map \`${read.from}\``));
  const more = Object.entries(settings).map(([name, value]) => `, ${name} ${value}`);
  const told =
    capacity === 'infinite'
      ? 'Nothing bounds what such a code tells, also of other tasks; what probes read from it is all that is known.'
      : `Whatever it is asked, such a code tells at most ${capacity.toFixed(2)} nats (${(capacity / Math.LN2).toFixed(2)} bits).`;
  return `It reads ${from.join(' and ')}, and makes a code of it: ${type}, ${length} numbers${more.join('')}. ${told}`;
}
