import { InvalidArgumentError } from 'commander';

/** `mig,dci`, repeatable: names, each once. */
export function nameList(text: string, earlier: readonly string[] = []): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Expected names with commas between, e.g. mig,dci.');
  return [...new Set([...earlier, ...names])];
}
