import type { CommonManifest, FactorManifest } from '@factornet/spec';
import { describedFiles } from './described-files';
import type { PackageContent } from './generate-module';

/** The `README.md` of a package: its model card, from the manifest alone. */
export function generateModelCard({
  name,
  version,
  manifest,
  description,
}: PackageContent & { description: string }): string {
  const files = describedFiles(manifest);
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  const sections = [
    `# ${name}\n\n${description}`,
    manifest.kind === 'common' ? useCommon(name) : useFactor(name, manifest),
    manifest.kind === 'common' ? describeInput(manifest) : describeTask(manifest),
    manifest.kind === 'factor' ? describeReport(manifest) : undefined,
    `## Size\n\n${bytes.toLocaleString('en')} bytes of model files, ${manifest.parameters.toLocaleString('en')} parameters. \
Backbone: ${manifest.backbone.name} \`${JSON.stringify(manifest.backbone.options)}\`.\n\n${table(
      ['file', 'bytes'],
      files.map((file) => [`\`${file.path}\``, file.bytes.toLocaleString('en')]),
    )}

Each model is a TensorFlow.js Layers model: \`tf.loadLayersModel\` opens the \`.model.json\` files.`,
    describeProvenance(manifest, version),
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function useCommon(name: string): string {
  return `## Use

A common-knowledge network: it turns a picture into features that factor packages build upon.

\`\`\`sh
npm install @factornet/assembler @tensorflow/tfjs ${name} # and factors made for it
\`\`\`

\`\`\`js
import { assemble } from '@factornet/assembler';
import common from '${name}';

const network = await assemble(common, [/* factor packages */]);
\`\`\``;
}

function useFactor(name: string, { common, task }: FactorManifest): string {
  return `## Use

A factor: with the common-knowledge network \`${common.name}\` (${common.range}) it predicts the task "${task.name}".

\`\`\`sh
npm install @factornet/assembler @tensorflow/tfjs ${shellWord(`${common.name}@${common.range}`)} ${name}
\`\`\`

\`\`\`js
import { assemble } from '@factornet/assembler';
import common from '${common.name}';
import factor from '${name}';

const network = await assemble(common, [factor]);
const predictions = await network.predict(images); // [batch, height, width, channels], values in [0, 1]
console.log(predictions['${task.name}'].labels);
\`\`\``;
}

function describeInput({ input, features }: CommonManifest): string {
  const [height, width, channels] = input.shape;
  return `## Input and output

Pictures of ${height} × ${width} with ${channels} channels (${input.layout}), values in [0, 1]; \
mean ${input.normalization.mean.join(', ')} and standard deviation ${input.normalization.standardDeviation.join(', ')} \
per channel are applied by the assembler. Features: \`[batch, ${features.shape[0]}]\`.`;
}

function describeTask({ task }: FactorManifest): string {
  return `## Task\n\n"${task.name}", ${task.type} into ${task.classes.length} classes: ${task.classes.map(cell).join(', ')}.`;
}

function describeReport({ report: { accuracy, teacherAccuracy, leakage }, task }: FactorManifest) {
  if (accuracy === undefined && leakage === undefined) return undefined;
  const percent = (value: number | undefined) =>
    value === undefined ? '–' : `${(100 * value).toFixed(1)} %`;
  const lines = ['## Measured on held-out data'];
  if (accuracy !== undefined) {
    lines.push(
      table(
        ['', 'accuracy'],
        [
          ['this factor', percent(accuracy)],
          ['its teacher', percent(teacherAccuracy)],
        ],
      ),
    );
  }
  const others = Object.keys(leakage?.mean ?? {}).filter((other) => other !== task.name);
  if (leakage !== undefined && others.length > 0) {
    const read = (value: number | undefined) => value?.toFixed(2) ?? '–';
    lines.push(
      'Leakage: what the task-specific network tells about other tasks (0 is chance, 1 what the teacher’s own features tell).',
      table(
        ['other task', 'from the mean', 'from a sample'],
        others.map((other) => [cell(other), read(leakage.mean[other]), read(leakage.sample[other])]),
      ),
    );
  }
  return lines.join('\n\n');
}

function describeProvenance({ provenance }: CommonManifest | FactorManifest, version: string): string {
  const { teacher, data, objective, seed, backend } = provenance;
  const terms = objective.map(({ term, weight }) => `${weight} × ${term}`).join(', ');
  return `## Provenance of version ${version}

${teacher === undefined ? 'Trained from labels alone' : `Factorized from the teacher ${teacher.name}`} on ${data}. \
Objective: ${terms || 'none stated'}. Seed ${seed}, backend ${backend}.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

const shellWord = (text: string) => (/^[\w@/.^~-]+$/.test(text) ? text : `"${text}"`);
