import type { CodeOptions, FusionOptions } from '@factornet/core';
import type { PackageContent } from '@factornet/packer';
import type { CommonPackage, FactorPackage, KindOptions } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { checkCommon } from './common/check-common';
import { findCommon, readCommon } from './common/find-common';
import type { PackageFiles } from './files/read-files';
import { checkCapacity } from './models/check-capacity';
import { checkRepresentation } from './models/check-representation';
import { checkShapes } from './models/check-shapes';
import { checkStatements } from './models/check-statements';
import { disposeModels, loadModels, type PackedModels } from './models/inspect-models';
import type { ProbeBudget } from './probes/evaluate-within';
import { type ProbeOutcome, runProbes } from './probes/run-probes';
import type { Protocol } from './protocol';

export interface ModelsRequest extends CodeOptions, FusionOptions, KindOptions {
  readonly protocol: Protocol;
  readonly content: PackageContent;
  readonly files: PackageFiles;
  readonly directory: string;
  readonly common: string | false | undefined;
  readonly probes: boolean;
  readonly budget: ProbeBudget;
}

/** The checks that look into models. @returns the backend that probes ran on */
export async function verifyModels(request: ModelsRequest): Promise<string | undefined> {
  const { protocol, content, files } = request;
  const source = `${content.name}@${content.version}`;
  const models = await protocol.run(
    'topology',
    () => loadModels(content.manifest, files, source),
    (loaded) => `${Object.keys(loaded).join(' and ')}: allowed layers, finite weights`,
  );
  if (models === undefined) return undefined;
  try {
    await protocol.run(
      'shapes',
      () => checkShapes(content.manifest, models, source, request),
      (shapes) => shapes,
    );
    await protocol.run(
      'statements',
      () => checkStatements(content.manifest, models, source),
      () => `${content.manifest.parameters} parameters, ${content.manifest.multiplyAdds} multiply–adds`,
    );
    if (!protocol.passed) return undefined;
    return await evaluate(request, models, source);
  } finally {
    disposeModels(models);
  }
}

async function evaluate(
  { protocol, content, files, directory, common, probes, budget, codes, fusions, kinds }: ModelsRequest,
  models: PackedModels,
  source: string,
): Promise<string | undefined> {
  const { manifest } = content;
  if (manifest.kind === 'common') {
    await protocol.run(
      'representation',
      () => checkRepresentation(manifest, models.common?.network as LayersModel, source),
      () => manifest.representation,
    );
    protocol.skip('capacity', 'a common-knowledge network has no code');
    protocol.skip('common', 'it is a common-knowledge network itself');
  } else {
    protocol.skip('representation', 'of the common-knowledge network, which is checked with that');
  }
  if (!probes) {
    protocol.skip('probes', 'not asked for');
    if (manifest.kind === 'common') return undefined;
    for (const check of ['capacity', 'common'] as const) {
      protocol.skip(check, 'golden probes were not asked for');
    }
    return undefined;
  }
  const outcome = await protocol.run(
    'probes',
    () => runProbes(manifest, models, files, source, { ...budget, codes, fusions, kinds }),
    explainOutcome,
  );
  if (outcome === undefined) return undefined;
  if (manifest.kind === 'factor') {
    const factor: FactorPackage = { ...content, manifest, files: {} };
    await protocol.run(
      'capacity',
      () => checkCapacity(manifest, models, outcome.values, source, { seconds: budget.seconds, codes }),
      (found) => found,
    );
    await protocol.run(
      'common',
      async () => {
        const found = await commonOf(factor, directory, common);
        return found && checkCommon(found, factor, outcome.values);
      },
      (found) =>
        found === undefined
          ? { skipped: common === false ? 'not asked for' : `${manifest.common.name} is not here` }
          : `${found.common}: features ${explainDeviation(found)}`,
    );
  }
  return outcome.backend;
}

async function commonOf(
  factor: FactorPackage,
  directory: string,
  common: string | false | undefined,
): Promise<CommonPackage | undefined> {
  if (common === false) return undefined;
  return common === undefined ? findCommon(factor, directory) : readCommon(common);
}

function explainOutcome({ values, backend, ...deviation }: ProbeOutcome): string {
  return `${values.count} pictures on ${backend}: ${explainDeviation(deviation)}`;
}

function explainDeviation({ deviation, tolerance }: { deviation: number; tolerance: number }): string {
  return `deviate by ${deviation === 0 ? 0 : deviation.toPrecision(2)}, tolerated is ${tolerance}`;
}
