import type { CommonManifest, FactorManifest } from '@factornet/spec';
import { describedFiles } from '@factornet/spec/internal';
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
}: PackageContent & { description: string; license: string }): string {
  const use = manifest.kind === 'common' ? explainCommon(name, manifest) : explainFactor(name, manifest);
  const sections = [
    `# ${name}\n\n${description}`,
    ...use,
    manifest.kind === 'factor' ? explainReport(manifest) : undefined,
    explainSize(manifest),
    explainProbes(name, manifest),
    explainProvenance(manifest, version),
    `## Licence\n\n${license}. The text is in the file \`LICENSE\`.`,
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function explainSize(manifest: CommonManifest | FactorManifest): string {
  const { kind, backbone, parameters, multiplyAdds, narrowing, probes } = manifest;
  const files = describedFiles(manifest);
  const bytes = files.reduce((total, file) => total + file.bytes, 0);
  const own = kind === 'factor' ? ', the common-knowledge network’s left out' : '';
  return `## Size

${count(bytes)} bytes of model files and probes, ${count(parameters)} parameters, ${count(multiplyAdds)} multiply–adds \
per picture${own}. Backbone: ${cell(backbone.name)} \`${JSON.stringify(backbone.options)}\`.

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
