import type { FactorModels, FactorNetwork } from '@factornet/core';
import { writeModelBytes } from '@factornet/core/node';
import { evaluateLogits } from '@factornet/core/probes';
import {
  type FactorManifest,
  type KindOptions,
  type Narrowing,
  parseFactorManifest,
  SPEC_VERSION,
  taskKinds,
  type WeightDtype,
} from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { type CommonReference, checkFeatureSpace, goldenFeatures, rangeOf } from './common-reference';
import { measureNarrowing, type NarrowedAccuracy, storeFactor } from './narrowing/store-factor';
import { checkPackageName, checkPackageVersion } from './package-identity';
import { checkLogits } from './probes/check-answers';
import { writeProbes } from './probes/write-probes';
import { refuseDead } from './refuse-dead';
import { checkDtype } from './release/release-options';
import { type PackageOptions, type PackedPackage, writePackage } from './write-package';

export interface PackFactorOptions extends PackageOptions, KindOptions {
  common: CommonReference;
  /** How weights are stored. Default `float32`. */
  dtype?: WeightDtype;
  /**
   * Measures what narrowing cost in accuracy, for the manifest: `before` of factor and common-knowledge network as they
   * were trained, `after` of both as published. Called with the factor as published, unless `dtype` is `float32`.
   */
  measureAccuracy?: (published: FactorModels) => Promise<NarrowedAccuracy>;
}

/**
 * Writes a factor (task-specific network and head) as an npm package folder. Its manifest names the
 * common-knowledge package by range and representation; `peerDependencies` says the same to npm. Golden probes come
 * from the common-knowledge package as it is published, so that a factor can be checked without it at hand.
 *
 * @throws InvalidOptionError if npm would refuse the name, version or range, the folder holds something else, the licence
 *   is unknown, or `common` has no golden probes and no network
 * @throws InvalidOptionError if the task is of none of `kinds`
 * @throws InvalidManifestError if the factor's description does not follow the schema
 * @throws IncompatibleCommonError if it was trained with features that the given network does not stand in for
 * @throws DeadFactorError if its report says that its code does nothing, unless forced
 * @throws PackageTooLargeError for more than 50 MB, unless forced
 * @throws RefusedPackageError if its networks are none that packages may hold
 * @throws NonFiniteOutputError if it answers NaN or an infinite number
 * @example
 * const ckn = await packCommon(common, { name: '@scope/ckn', version: '1.0.0', directory: 'out/ckn' });
 * await packFactor(shape, { name: '@scope/shape', version: '1.0.0', directory: 'out/shape', common: ckn });
 */
export async function packFactor<Factor extends FactorNetwork>(
  factor: Factor,
  options: PackFactorOptions,
): Promise<PackedPackage<FactorManifest>> {
  const { name, kinds = taskKinds } = options;
  checkPackageName(name);
  checkPackageVersion(options.version);
  checkPackageName(options.common.name, 'common.name');
  refuseDead(factor.description, options);
  const dtype = checkDtype(options.dtype ?? 'float32');
  const {
    representation,
    task,
    fusion,
    reads,
    code,
    parameters,
    report,
    provenance,
    logitScale,
    temperature,
  } = factor.description;
  const kind = kindOf(task, kinds);
  const common = { name: options.common.name, range: rangeOf(options.common, representation) };
  checkFeatureSpace({ ...options, representation }, options.common, common.range);
  const golden = await goldenFeatures(options.common, reads, name);
  const { count, pictures, features, input } = golden;
  const stored = await storeFactor(factor, dtype, name);
  try {
    const published = { ...factor, specific: stored.specific.model, head: stored.head.model };
    const logits = await evaluateLogits(published, input, pictures, features, name);
    await checkLogits(published, input, features.subarray(0, features.length / count), name);
    const probes = { count, pictures, features, logits };
    const narrowing =
      dtype === 'float32'
        ? undefined
        : await addAccuracy(await measureNarrowing(factor, kind, dtype, input, probes), () =>
            options.measureAccuracy?.(published),
          );
    const defaultDescription = `Factor of ${common.name} for the task "${task.name}", for factornet.`;
    return await writePackage({ ...options, defaultDescription }, async (directory) =>
      parseFactorManifest(
        {
          spec: SPEC_VERSION,
          kind: 'factor',
          ...{ task, fusion, reads, code, parameters, report, provenance },
          ...(logitScale !== undefined && { logitScale }),
          ...(temperature !== undefined && { temperature }),
          specific: await writeModelBytes(stored.specific.bytes, directory, 'specific'),
          head: await writeModelBytes(stored.head.bytes, directory, 'head'),
          multiplyAdds: stored.specific.multiplyAdds + stored.head.multiplyAdds,
          probes: { ...(await writeProbes(probes, directory)), input, features: golden.commonFeatures },
          ...(narrowing !== undefined && { narrowing }),
          common: { ...common, representation },
        },
        name,
        kinds,
      ),
    );
  } finally {
    stored.dispose();
  }
}

async function addAccuracy(
  narrowing: Narrowing,
  measure: () => Promise<NarrowedAccuracy> | undefined,
): Promise<Narrowing> {
  const accuracy = await measure();
  return accuracy === undefined ? narrowing : { ...narrowing, accuracy };
}
