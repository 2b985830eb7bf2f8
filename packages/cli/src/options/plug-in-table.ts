import { InvalidOptionError } from '@factornet/spec';
import type { PlugInSpec } from './plug-in-list';

/** How the text of a parameter is read. */
export interface ParameterKind<Value> {
  /** What is accepted, in words. */
  readonly expected: string;
  /** `undefined` for what is not accepted. */
  parse(text: string): Value | undefined;
}

type Kinds = Readonly<Record<string, ParameterKind<unknown>>>;
type Values<Parameters extends Kinds> = {
  [Name in keyof Parameters]?: Parameters[Name] extends ParameterKind<infer Value> ? Value : never;
};

/** What a name on the command line makes. */
export interface PlugInKind<PlugIn> {
  /** Other names. */
  readonly aliases: readonly string[];
  readonly parameters: Kinds;
  create(values: Readonly<Record<string, unknown>>): PlugIn;
}

/** A kind whose `create` gets the parameters by their names, those that were given. */
export function plugInKind<PlugIn, Parameters extends Kinds>(
  aliases: readonly string[],
  parameters: Parameters,
  create: (values: Values<Parameters>) => PlugIn,
): PlugInKind<PlugIn> {
  return { aliases, parameters, create: (values) => create(values as Values<Parameters>) };
}

export const aNumber: ParameterKind<number> = {
  expected: 'a number',
  parse: (text) => (Number.isFinite(Number(text)) ? Number(text) : undefined),
};

/** `5+10` */
export const numbers: ParameterKind<readonly number[]> = {
  expected: 'a number, or several such as 5+10',
  parse: (text) => {
    const values = text.split('+').map((each) => (each.trim() === '' ? Number.NaN : Number(each)));
    return values.every(Number.isFinite) ? values : undefined;
  },
};

export const trueOrFalse: ParameterKind<boolean> = {
  expected: 'true or false',
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

export function oneOf<const Choice extends string | number>(...choices: Choice[]): ParameterKind<Choice> {
  return {
    expected: choices.join(' or '),
    parse: (text) => choices.find((choice) => String(choice) === text),
  };
}

/**
 * Makes what a name and its parameters stand for.
 *
 * @param option e.g. `--estimator`
 * @throws InvalidOptionError that lists the names or parameters that there are
 */
export function createPlugIn<PlugIn>(
  option: string,
  table: Readonly<Record<string, PlugInKind<PlugIn>>>,
  { name, parameters, text }: PlugInSpec,
): { name: string; plugIn: PlugIn; values: Readonly<Record<string, unknown>> } {
  const found = Object.entries(table).find(([own, { aliases }]) => [own, ...aliases].some(isName(name)));
  if (found === undefined) {
    const expected = `among ${Object.keys(table).join(', ')}`;
    throw new InvalidOptionError({ option, expected, received: name });
  }
  const [own, kind] = found;
  const values = Object.entries(parameters).map(([key, value]): [string, unknown] => {
    const found = Object.entries(kind.parameters).find(([own]) => isName(key)(own));
    if (found === undefined) {
      const keys = Object.keys(kind.parameters).join(', ');
      const expected =
        keys === '' ? `${own} alone: it has no parameters` : `${own} with parameters among ${keys}`;
      throw new InvalidOptionError({ option, expected, received: text });
    }
    const [parameterName, parameter] = found;
    const parsed = parameter.parse(value);
    if (parsed !== undefined) return [parameterName, parsed];
    throw new InvalidOptionError({
      option: `${parameterName} of ${own}`,
      expected: parameter.expected,
      received: value,
    });
  });
  return { name: own, plugIn: kind.create(Object.fromEntries(values)), values: Object.fromEntries(values) };
}

/** Hyphens and capitals do not matter: `leave-one-out`, `leaveOneOut`. */
export function isName(name: string): (other: string) => boolean {
  const plain = (text: string) => text.replaceAll(/[-_]/g, '').toLowerCase();
  return (other) => plain(other) === plain(name);
}
