import { runManager } from '@factornet/registry';

/** Installs packages into a project with npm; `show` lets npm's own progress tell what it is doing. */
export async function install(
  directory: string,
  specifiers: readonly string[],
  { show = false }: { readonly show?: boolean } = {},
): Promise<void> {
  const parameters = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...specifiers];
  await runManager('npm', parameters, { cwd: directory, ...(show && { output: process.stderr }) });
}
