import { InvalidArgumentError } from 'commander';

/** One of a list: a name, maybe with parameters. */
export interface PlugInSpec {
  /** In lower case. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** As it was written, e.g. `ksg:k=3,type=2`. */
  readonly text: string;
}

const LIST = 'NAME,NAME:KEY=VALUE,KEY=VALUE,… such as infonce,smile:tau=5,ksg:k=3,type=2';

/**
 * `infonce,smile:tau=5,ksg:k=3,type=2`, repeatable: names, each with parameters behind a colon. What has an equals sign
 * and no colon before it is one more parameter of the name before.
 */
export function plugInList(text: string, earlier: readonly PlugInSpec[] = []): PlugInSpec[] {
  const groups: string[] = [];
  for (const part of text.split(',')) {
    if (/^[^:]+=/.test(part) && groups.length > 0) groups.push(`${groups.pop()},${part}`);
    else groups.push(part);
  }
  return [...earlier, ...groups.map((group) => plugIn(group.trim(), LIST))];
}

/** One name, maybe with parameters: `residual:filters=16+32,stemStride=2`. @throws InvalidArgumentError, with the example */
export function plugIn(text: string, example: string): PlugInSpec {
  const expected = (problem: string) => new InvalidArgumentError(`${problem} Expected ${example}.`);
  const [, name = '', rest] = /^([^:=]+)(?::(.+))?$/s.exec(text) ?? [];
  const parameters = new Map<string, string>();
  const spellings = new Set<string>();
  for (const pair of rest === undefined ? [] : rest.split(',')) {
    const [, key = '', value = ''] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/s.exec(pair) ?? [];
    if (key === '' || value === '') throw expected(`"${pair}" is no parameter.`);
    const spelling = key.toLowerCase().replaceAll('-', '');
    if (spellings.has(spelling)) throw expected(`"${key}" is given twice.`);
    spellings.add(spelling);
    parameters.set(key, value);
  }
  if (name.trim() === '') throw expected(`"${text}" is no name.`);
  return { name: name.trim().toLowerCase(), parameters: Object.fromEntries(parameters), text };
}
