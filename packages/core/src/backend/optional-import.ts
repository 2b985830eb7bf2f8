/**
 * Imports an optional peer that a bundler must not look for, since it runs in Node alone.
 *
 * @throws Error of {@link importError}
 */
export async function importModule(name: string): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (cause) {
    throw importError(cause, name);
  }
}

/**
 * What is wrong with an import of an optional peer, in one line, e.g. `webgpu is not installed`. Where a bundler should
 * see the peer, write `import('name')` out within `try`: webpack and Next refuse to build anything with an import that
 * cannot be resolved, unless it stands there.
 */
export function importError(cause: unknown, name: string): Error {
  return new Error(explain(cause, name), { cause });
}

function explain(error: unknown, name: string): string {
  const { code, message } = error as { code?: string; message?: string };
  const missing =
    (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && message?.includes(`'${name}'`);
  // What Vite puts in place of an optional peer that is absent.
  const stubbed = message?.startsWith(`Could not resolve "${name}"`);
  if (missing || stubbed) return `${name} is not installed`;
  const firstLine = String(message ?? error).split('\n')[0] as string;
  return `${name}: ${firstLine}`;
}
