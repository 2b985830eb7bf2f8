import { RegistryError } from '@factornet/spec/publishing';
import { isPublishedCommon, isPublishedFactor, type PublishedPackage } from '../packages/published-package';
import { type ViewOptions, viewPackages } from '../packages/view-packages';
import { viewVersions } from '../packages/view-versions';
import { listInstalled } from '../project/list-installed';
import type { AdditionPlan, AdditionRequest } from './addition-plan';
import { planAddition } from './plan-addition';

/**
 * Reads all that {@link planAddition} needs and plans: what the project has, what the packages say about themselves,
 * and, for common-knowledge networks that are neither named nor there in a version that suits, what versions there are.
 *
 * @param directory of the project
 * @throws RegistryError, InvalidManifestError, NewerSpecError, RefusedPackageError, MissingFileError,
 * InvalidOptionError, CancelledError
 * @example
 * const { install, conflicts } = await resolveAddition(['@scope/shape', '@scope/hue'], process.cwd());
 */
export async function resolveAddition(
  specifiers: readonly string[],
  directory: string,
  options: ViewOptions = {},
): Promise<AdditionPlan> {
  const installed = await listInstalled(directory);
  const wanted = withoutRepeats(await viewPackages(specifiers, options));
  const request: AdditionRequest = { installed, wanted, published: [] };
  const published = await Promise.all(
    openCommons(request).map(async ({ name, ranges, factor }) => {
      // Versions that do not suit are read as well: they explain why there is none.
      const asked = `${name}@${['>=0.0.0', ...ranges].join(' || ')}`;
      try {
        return (await viewVersions([asked], options)).flat().filter(isPublishedCommon);
      } catch (error) {
        throw explainWant(error, `${factor} needs ${name}.`);
      }
    }),
  );
  return planAddition({ ...request, published: published.flat() });
}

/** Common-knowledge networks of which a version is still to be found, with the ranges that factors state. */
function openCommons({
  installed,
  wanted,
}: AdditionRequest): { name: string; ranges: string[]; factor: string }[] {
  const named = new Set(wanted.filter(isPublishedCommon).map(({ name }) => name));
  const factors = wanted.filter(isPublishedFactor).filter(({ manifest }) => !named.has(manifest.common.name));
  const open = factors.filter((factor) => {
    const alone = planAddition({ installed, wanted: [factor], published: [] });
    return alone.conflicts.some(({ kind }) => kind === 'incompatible-common');
  });
  return [...new Set(open.map(({ manifest }) => manifest.common.name))].map((name) => {
    const own = [...factors, ...installed.factors].filter(({ manifest }) => manifest.common.name === name);
    const first = open.find(({ manifest }) => manifest.common.name === name);
    return {
      name,
      ranges: [...new Set(own.map(({ manifest }) => manifest.common.range))],
      factor: `${first?.name}@${first?.version}`,
    };
  });
}

function explainWant(error: unknown, reason: string): unknown {
  if (!RegistryError.isInstance(error)) return error;
  return new RegistryError(error, { cause: error, hint: `${reason} ${error.hint ?? ''}`.trim() });
}

/** A package that is named twice, say by name and by version. */
function withoutRepeats(packages: readonly PublishedPackage[]): PublishedPackage[] {
  return [...new Map(packages.map((each) => [`${each.name}@${each.version}`, each])).values()];
}
