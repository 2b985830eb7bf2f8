import { InvalidOptionError } from '@factornet/spec';
import { type BackboneOption, type NamedBackbone, namedBackbones } from '@factornet/zoo/named';
import { Option } from 'commander';
import { type PlugInSpec, plugIn } from './plug-in-list';
import {
  createPlugIn,
  isName,
  numbers,
  oneOf,
  type ParameterKind,
  type PlugInKind,
  plugInKind,
} from './plug-in-table';

/** A backbone of the zoo with the options that were given: `residual:filters=16+32+64,blocks-per-stage=3`. */
export interface Architecture {
  readonly backbone: NamedBackbone;
  readonly values: Readonly<Record<string, unknown>>;
}

const EXAMPLE = 'residual:filters=16+32+64,blocks-per-stage=3';

const expected = {
  number: 'a number above 0',
  integer: 'an integer of at least 1',
  integers: 'integers of at least 1, with + between, such as 16+32+64',
  'integer-or-integers': 'an integer of at least 1, or one per block such as 5+3+3',
} as const;

const kinds: Readonly<Record<string, PlugInKind<NamedBackbone>>> = Object.fromEntries(
  namedBackbones.map((backbone) => {
    const options = Object.entries(backbone.options).map(([name, option]) => [name, parameterOf(option)]);
    return [backbone.name, plugInKind([], Object.fromEntries(options), () => backbone)];
  }),
);

/** A flag that takes an architecture. */
export function architectureOption(flag: string, what: string): Option {
  return new Option(
    `--${flag} <name>`,
    `${what}, of the zoo and with its options, as in ${EXAMPLE}: ${explainArchitectures()} (default: convolutional)`,
  ).argParser((text) => parseArchitecture(`--${flag}`, text));
}

/** @throws InvalidOptionError that lists the names or options that there are */
export function parseArchitecture(option: string, text: string): Architecture {
  const { plugIn: backbone, values } = createPlugIn(option, kinds, parseSpec(option, text));
  return { backbone, values };
}

function parseSpec(option: string, text: string): PlugInSpec {
  const expected = `NAME or NAME:OPTION=VALUE,… such as ${EXAMPLE}`;
  try {
    return plugIn(text, expected);
  } catch (cause) {
    const { message: hint } = cause as Error;
    throw new InvalidOptionError({ option, expected, received: text }, { cause, hint });
  }
}

/** Whether a text is about a backbone of the zoo, and not, say, a folder. */
export function namesBackbone(text: string): boolean {
  return namedBackbones.map(({ name }) => name).some(isName(text.replace(/:.*$/s, '')));
}

/** `convolutional (filters, kernel-size, …), residual (…)` */
export function explainArchitectures(): string {
  const hyphenated = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return namedBackbones
    .map(({ name, options }) => `${name} (${Object.keys(options).map(hyphenated).join(', ')})`)
    .join(', ');
}

function parameterOf(option: BackboneOption): ParameterKind<unknown> {
  if (option.type === 'choice') return oneOf(...option.choices);
  const { type } = option;
  return {
    expected: expected[type],
    parse(text) {
      const values = numbers.parse(text) ?? [];
      const fits = type === 'number' ? isAboveZero : isCount;
      if (values.length === 0 || !values.every(fits)) return undefined;
      if (type === 'integers') return values;
      return values.length === 1 ? values[0] : type === 'integer-or-integers' ? values : undefined;
    },
  };
}

function isAboveZero(value: number): boolean {
  return value > 0;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}
