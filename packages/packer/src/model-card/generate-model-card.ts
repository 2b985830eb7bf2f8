import {
  type CommonManifest,
  type FactorManifest,
  type KindOptions,
  type TaskKind,
  taskKinds,
} from '@factornet/spec';
import { describedFiles, kindOf } from '@factornet/spec/internal';
import type { PackageContent } from '../generate-module';
import { explainNarrowing, explainProbes, explainReport } from './explain-measurements';
import { explainCommon, explainFactor } from './explain-use';
import { cell, count, table } from './markdown';

/** The `README.md` of a package: its model card, from the manifest alone. */
export function generateModelCard({
  name,
  version,
  manifest,
  description,
  license,
  kinds = taskKinds,
}: PackageContent & KindOptions & { description: string; license: string }): string {
  const parts =
    manifest.kind === 'common' ? explainCommon(name, manifest) : partsOfFactor(name, manifest, kinds);
  const sections = [
    `# ${name}\n\n${description}`,
    ...parts,
    explainSize(manifest),
    explainProbes(name, manifest),
    explainProvenance(manifest, version),
    `## Licence\n\n${license}. The text is in the file \`LICENSE\`.`,
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function partsOfFactor(name: string, manifest: FactorManifest, kinds: readonly TaskKind[]) {
  const kind = kindOf(manifest.task, kinds);
  return [...explainFactor(name, manifest, kind), explainReport(manifest, kind)];
}

function explainSize(manifest: CommonManifest | FactorManifest): string {
  const { kind, parameters, multiplyAdds, narrowing, probes } = manifest;
  const files = describedFiles(manifest);
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  const own = kind === 'factor' ? ', the common-knowledge network’s left out' : '';
  return `## Size

${count(bytes)} bytes of model files and probes, ${count(parameters)} parameters, ${count(multiplyAdds)} multiply–adds \
per picture${own}. ${explainBackbones(manifest)}

${explainNarrowing(narrowing, kind, probes.count)}

${table(
  ['file', 'bytes'],
  files.map((file) => [`\`${file.path}\``, count(file.bytes)]),
)}

Each model is a TensorFlow.js Layers model: \`tf.loadLayersModel\` opens the \`.model.json\` files.`;
}

function explainProvenance({ provenance }: CommonManifest | FactorManifest, version: string): string {
  const { teacher, data, objective, seed, backend } = provenance;
  const terms = objective.map(({ term, weight }) => `${weight} × ${term}`).join(', ');
  return `## Provenance of version ${version}

${teacher === undefined ? 'Trained from labels alone' : `Factorized from the teacher ${cell(teacher.name)}`} on \
${cell(data)}. Objective: ${terms || 'none stated'}. Seed ${seed}, backend ${backend}.`;
}

function explainBackbones(manifest: CommonManifest | FactorManifest): string {
  const tell = ({ name, options }: CommonManifest['backbone']) =>
    `${cell(name)} \`${JSON.stringify(options)}\``;
  if (manifest.kind === 'common') return `Backbone: ${tell(manifest.backbone)}.`;
  const [first, ...more] = manifest.reads.map(
    ({ from, backbone }) => `of the ${cell(from)}: ${tell(backbone)}`,
  );
  return `Backbone ${[first, ...more].join('; ')}.`;
}
