import { planJoint } from '@factornet/assembler';
import { type ExportOptions, exportAssembly } from '@factornet/assembler/export';
import { withRunFolder } from '@factornet/core/node';
import { decodeModel } from '@factornet/core/training';
import { ProbeMismatchError, type WeightDtype } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { CompositionFlags } from '../../options/composition-flags';
import { assembleSet } from '../../packages/assemble-set';
import { checkLock } from '../../packages/check-lock';
import { type PackageSet, refuseConflicts, resolvePackages } from '../../packages/resolve-packages';
import { formatBytes, formatCount } from '../../render/format';
import { renderFacts } from '../../render/table';
import {
  compareOutputs,
  evaluateAssembly,
  evaluateLogits,
  evaluateModel,
  timePasses,
} from './compare-export';
import { encodeExport, writeExport } from './export-files';

export interface ExportFlags extends CompositionFlags {
  readonly out: string;
  readonly probabilities: boolean;
  readonly dtype: WeightDtype;
}

/** Of the outputs, relative to the largest of them where that is above 1; for weights that are not narrowed. */
const TOLERANCE = 1e-4;

/** Writes an assembly as one model, after holding what it gives against the assembly itself. */
export async function exportPackages(
  packages: readonly string[],
  flags: ExportFlags,
  work: Work,
): Promise<Outcome> {
  const set = await resolvePackages(packages, flags.from);
  await checkLock(set, flags);
  refuseConflicts(set, flags.multipleTrunks);
  const outputs = descriptionOfOutputs(set, flags);
  const { name: backend } = await selectBackend(work);
  const network = await assembleSet(set, flags, work);
  const models: LayersModel[] = [];
  const keep = (model: LayersModel) => {
    models.push(model);
    return model;
  };
  try {
    const options: ExportOptions = {
      common: set.commons,
      factors: set.factors,
      multipleTrunks: flags.multipleTrunks,
      outputs: flags.probabilities ? 'probabilities' : 'logits',
      joint: flags.joint,
    };
    const exported = keep(await exportAssembly(options));
    const files = await encodeExport(exported, flags.dtype);
    // What is compared is what will be read from the disk.
    const written = keep(await decodeModel(files));
    const { input } = outputs;
    const { difference, magnitude } = await compareOutputs(
      evaluateAssembly(network, flags),
      evaluateModel(written),
      input,
    );
    const deviation = difference / Math.max(1, magnitude);
    const tolerance = flags.dtype === 'float32' ? TOLERANCE : Number.POSITIVE_INFINITY;
    if (!(deviation <= tolerance)) {
      throw new ProbeMismatchError(
        { source: 'The exported model', what: 'logits', backend, deviation, tolerance },
        { hint: 'Nothing was written. Try another backend, e.g. --backend cpu.' },
      );
    }
    const unfolded = keep(await exportAssembly({ ...options, fold: false }));
    const speed = await timePasses(
      {
        folded: evaluateModel(written),
        unfolded: evaluateModel(unfolded),
        assembly: evaluateLogits(network),
      },
      input,
    );
    const described = await withRunFolder(flags.out, {}, () =>
      writeExport(flags.out, files, {
        ...outputs,
        outputs: outputs.outputs.map((output, index) => ({ name: written.outputNames[index], ...output })),
      }),
    );
    return report({
      out: flags.out,
      files: described,
      outputs: written.outputNames,
      dtype: flags.dtype,
      backend,
      largestDifference: difference,
      parameters: written.countParams(),
      layers: { folded: written.layers.length, unfolded: unfolded.layers.length },
      bytes: described.reduce((sum, { bytes }) => sum + bytes, 0),
      milliseconds: speed.milliseconds,
      overUnfolded: speed.ratio('unfolded', 'folded'),
      overAssembly: speed.ratio('assembly', 'folded'),
    });
  } finally {
    for (const model of models) model.dispose();
    network.dispose();
  }
}

/** What a program needs to know of a model that it opens without us: `outputs.json`. */
function descriptionOfOutputs({ commons, factors }: PackageSet, { joint, probabilities }: ExportFlags) {
  const manifests = factors.map(({ manifest }) => manifest);
  const plan = joint === undefined ? undefined : planJoint(manifests, joint);
  const kind = probabilities ? 'probabilities' : 'logits';
  const [shape] = commons.map(({ manifest }) => manifest.input.shape) as [[number, number, number]];
  return {
    // Pictures as they are; what networks were trained on is worked out inside.
    input: { shape, layout: 'NHWC' as const, range: [0, 1] },
    outputs: [
      ...manifests.map(({ task }) => ({ task: task.name, kind, classes: task.classes })),
      ...(plan === undefined ? [] : [{ labelSpace: plan.labelSpace, kind, classes: plan.classes }]),
    ],
    packages: [...commons, ...factors].map(({ name, version }) => `${name}@${version}`),
  };
}

interface ExportReport {
  readonly out: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  readonly outputs: readonly string[];
  readonly dtype: WeightDtype;
  readonly backend: string;
  readonly largestDifference: number;
  readonly parameters: number;
  readonly layers: Readonly<Record<'folded' | 'unfolded', number>>;
  readonly bytes: number;
  /** Medians for one picture. */
  readonly milliseconds: Readonly<Record<'folded' | 'unfolded' | 'assembly', number>>;
  readonly overUnfolded: number;
  readonly overAssembly: number;
}

function report(json: ExportReport): Outcome {
  const { folded, unfolded, assembly } = json.milliseconds;
  const times = (value: number) => `${value.toFixed(2)} ms`;
  return {
    json,
    text: renderFacts([
      [
        'written',
        `${json.out}: ${json.files.map(({ path }) => path).join(', ')} (${formatBytes(json.bytes)})`,
      ],
      ['outputs', json.outputs.join(', ')],
      ['parameters', `${formatCount(json.parameters)}, stored as ${json.dtype}`],
      ['layers', `${json.layers.folded}, unfolded ${json.layers.unfolded}`],
      [
        'against the assembly',
        `largest difference ${json.largestDifference.toExponential(1)} on 8 probe pictures (${json.backend})`,
      ],
      ['one picture', `${times(folded)}, unfolded ${times(unfolded)}, as an assembly ${times(assembly)}`],
      [
        'how much faster',
        `×${json.overUnfolded.toFixed(2)} unfolded, ×${json.overAssembly.toFixed(2)} the assembly (medians of paired runs)`,
      ],
    ]),
  };
}
