import { resolveCommand } from 'package-manager-detector';
import { parseSpecifier, scopeOf } from '../packages/parse-specifier';
import type { Manager } from './detect-manager';

/** A command without a shell: a program and its arguments, with variables for its environment. */
export interface InstallCommand {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** No install scripts: packages of knowledge have none, and one that had could not run them. */
const flags: Readonly<Record<Manager, readonly string[]>> = {
  npm: ['--ignore-scripts', '--no-audit', '--no-fund'],
  pnpm: ['--ignore-scripts'],
  yarn: ['--ignore-scripts', '--non-interactive'],
  'yarn@berry': ['--mode=skip-build'],
};

/**
 * The command that adds packages to a project. Pure.
 *
 * @param specifiers what to add: `name@version`, or paths of folders and tarballs
 * @example
 * installCommand('pnpm', ['@scope/shape@1.0.0']).parameters; // ['add', '--ignore-scripts', …, '@scope/shape@1.0.0']
 */
export function installCommand(
  manager: Manager,
  specifiers: readonly string[],
  { registry }: { registry?: string | undefined } = {},
): InstallCommand {
  const isBerry = manager === 'yarn@berry';
  const address = registry === undefined || isBerry ? [] : addresses(manager, specifiers, registry);
  const given = [...flags[manager], ...address, ...specifiers];
  const resolved = resolveCommand(manager, 'add', given, { ignoreWorkspaceRootCheck: true });
  return {
    command: resolved?.command ?? manager,
    parameters: resolved?.args ?? ['add', ...given],
    environment: registry !== undefined && isBerry ? { YARN_NPM_REGISTRY_SERVER: registry } : {},
  };
}

/**
 * Sends the scopes of what is added to a registry, and nothing else: the project's other dependencies, TensorFlow.js
 * among them, need not be there. Packages without a scope, and yarn, know one registry for everything.
 */
function addresses(manager: Manager, specifiers: readonly string[], registry: string): string[] {
  const prefix = { npm: '--', pnpm: '--config.', yarn: undefined, 'yarn@berry': undefined }[manager];
  const scopes = specifiers
    .map((specifier) => parseSpecifier(specifier))
    .flatMap((each) => ('name' in each ? [scopeOf(each.name)] : []));
  if (prefix === undefined || scopes.includes(undefined)) return [`--registry=${registry}`];
  return [...new Set(scopes)].map((scope) => `${prefix}${scope}:registry=${registry}`);
}
