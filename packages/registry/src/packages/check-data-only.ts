import {
  type CommonManifest,
  type FactorManifest,
  type PackageRule,
  RefusedPackageError,
} from '@factornet/spec';

const rules: Readonly<Record<string, PackageRule>> = {
  scripts: 'scripts',
  bin: 'scripts',
  gypfile: 'scripts',
  dependencies: 'dependencies',
  optionalDependencies: 'dependencies',
  bundleDependencies: 'dependencies',
  bundledDependencies: 'dependencies',
};

/**
 * Checks, before a package manager sees it, that a package is data: nothing runs when it is installed, and nothing
 * comes with it but the common-knowledge network that its manifest names.
 *
 * @throws RefusedPackageError
 */
export function checkDataOnly(
  description: Readonly<Record<string, unknown>>,
  manifest: CommonManifest | FactorManifest,
  source: string,
): void {
  const refuse = (rule: PackageRule, found: string) => {
    throw new RefusedPackageError(
      { source, rule, found },
      { hint: 'Do not install it; tell its publisher.' },
    );
  };
  for (const [field, rule] of Object.entries(rules)) {
    if (!isEmpty(description[field]))
      refuse(rule, `package.json has ${field} (${namesOf(description[field])})`);
  }
  const peers = Object.entries(Object(description.peerDependencies) as Record<string, unknown>);
  const stated = manifest.kind === 'factor' ? [[manifest.common.name, manifest.common.range]] : [];
  if (JSON.stringify(peers) !== JSON.stringify(stated)) {
    const told = peers.map(([name, range]) => `${name}@${range}`).join(', ') || 'none';
    refuse(
      'peer-range',
      `its peerDependencies are ${told}, its manifest states ${stated.map((pair) => pair.join('@')).join() || 'none'}`,
    );
  }
}

/** Some registries add empty fields, or `false`. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' ? Object.keys(Object(value)).length === 0 : !value;
}

function namesOf(value: unknown): string {
  return typeof value === 'object'
    ? Object.keys(Object(value)).slice(0, 5).join(', ')
    : String(value).slice(0, 80);
}
