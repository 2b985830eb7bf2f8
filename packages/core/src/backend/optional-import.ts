/** Imports an optional peer that a bundler must not look for, since it runs in Node alone. */
export function importModule(name: string): Promise<unknown> {
  return explainImport(import(/* @vite-ignore */ /* webpackIgnore: true */ name), name);
}

/** Imports the first of these that works and returns its name. @throws Error with the reason for each */
export async function importFirst(names: readonly string[]): Promise<string> {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      await importModule(name);
      return name;
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(reasons.join('; '));
}

/**
 * Waits for an import of an optional peer. Pass the `import('name')` itself where a bundler should see it.
 *
 * @throws Error that says in one line what is wrong, e.g. `webgpu is not installed`
 */
export async function explainImport(imported: Promise<unknown>, name: string): Promise<unknown> {
  try {
    return await imported;
  } catch (cause) {
    throw new Error(explain(cause, name), { cause });
  }
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
