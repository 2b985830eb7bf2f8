import { type AssembleOptions, assemble } from '@factornet/assembler';
import { type ExportOptions, exportAssembly } from '@factornet/assembler/export';
import { withRunFolder } from '@factornet/core/node';
import { decodeModel } from '@factornet/core/training';
import {
  type CommonPackage,
  type FactorPackage,
  ProbeMismatchError,
  type WeightDtype,
} from '@factornet/spec';
import { getBackend, type LayersModel } from '@tensorflow/tfjs';
import {
  compareOutputs,
  evaluateAssembly,
  evaluateLogits,
  evaluateModel,
  timePasses,
} from './compare-export';
import { encodeExport, writeExport } from './export-files';
import { outputsOf } from './outputs-of';

export interface ExportIntoOptions
  extends Pick<AssembleOptions, 'multipleTrunks' | 'kinds' | 'fusions' | 'verify' | 'onProgress'>,
    Pick<ExportOptions, 'joint' | 'outputs'> {
  readonly commons: readonly CommonPackage[];
  readonly factors: readonly FactorPackage[];
  /** How weights are stored. Default `float32`. */
  readonly dtype?: WeightDtype;
}

/** What was written, and how it compares with the assembly that it stands for. */
export interface ExportReport {
  readonly out: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  readonly outputs: readonly string[];
  readonly dtype: WeightDtype;
  readonly backend: string;
  /** Over all outputs, on probe pictures. */
  readonly largestDifference: number;
  readonly parameters: number;
  readonly layers: Readonly<Record<'folded' | 'unfolded', number>>;
  readonly bytes: number;
  /** Medians for one picture. */
  readonly milliseconds: Readonly<Record<'folded' | 'unfolded' | 'assembly', number>>;
  readonly overUnfolded: number;
  readonly overAssembly: number;
}

/** Of the outputs, relative to the largest of them where that is above 1; for weights that are not narrowed. */
const TOLERANCE = 1e-4;

/**
 * Writes an assembly of packages as one model, `model.json` with its weights, and `outputs.json` that says what it gives,
 * after holding what will be read from the disk against the assembly itself, and timing both.
 *
 * @throws NotComparableError for a label space in which the factors do not compare
 * @throws ProbeMismatchError if the model gives something else; nothing is written then
 * @throws WriteFailedError, FolderInUseError
 * @example
 * const { files, milliseconds } = await exportInto('exported', { commons: [ckn], factors: [shape, hue] });
 */
export async function exportInto(
  directory: string,
  { commons, factors, dtype = 'float32', verify, onProgress, ...options }: ExportIntoOptions,
): Promise<ExportReport> {
  const told = outputsOf({ commons, factors }, options);
  const { multipleTrunks, kinds, fusions } = options;
  const network = await assemble(commons, factors, { multipleTrunks, kinds, fusions, verify, onProgress });
  const models: LayersModel[] = [];
  const keep = (model: LayersModel) => {
    models.push(model);
    return model;
  };
  try {
    const sources: ExportOptions = { ...options, common: commons, factors };
    const files = await encodeExport(keep(await exportAssembly(sources)), dtype);
    // What is compared is what will be read from the disk.
    const written = keep(await decodeModel(files));
    const { difference, magnitude } = await compareOutputs(
      evaluateAssembly(network, options),
      evaluateModel(written),
      told.input,
    );
    const [backend, deviation] = [getBackend(), difference / Math.max(1, magnitude)];
    const tolerance = dtype === 'float32' ? TOLERANCE : Number.POSITIVE_INFINITY;
    if (!(deviation <= tolerance)) {
      throw new ProbeMismatchError(
        { source: 'The exported model', what: 'logits', backend, deviation, tolerance },
        { hint: 'Nothing was written. Try another backend, e.g. --backend cpu.' },
      );
    }
    const unfolded = keep(await exportAssembly({ ...sources, fold: false }));
    const passes = {
      folded: evaluateModel(written),
      unfolded: evaluateModel(unfolded),
      assembly: evaluateLogits(network),
    };
    const { milliseconds, ratio } = await timePasses(passes, told.input);
    const named = told.outputs.map((output, index) => ({ name: written.outputNames[index], ...output }));
    const described = await withRunFolder(directory, {}, () =>
      writeExport(directory, files, { ...told, outputs: named }),
    );
    return {
      ...{ out: directory, files: described, outputs: written.outputNames, dtype, backend },
      largestDifference: difference,
      parameters: written.countParams(),
      layers: { folded: written.layers.length, unfolded: unfolded.layers.length },
      bytes: described.reduce((sum, { bytes }) => sum + bytes, 0),
      milliseconds,
      overUnfolded: ratio('unfolded', 'folded'),
      overAssembly: ratio('assembly', 'folded'),
    };
  } finally {
    for (const model of models) model.dispose();
    network.dispose();
  }
}
