import { InvalidOptionError, PICTURE } from '@factornet/spec';
import { Option } from 'commander';
import { type Architecture, explainArchitectures, parseArchitecture } from './architecture';

/** By what it reads, the picture or a map of the common network: the backbone that reads it. */
export type Readings = Readonly<Record<string, Architecture>>;

/** `--specific`, repeatable: one backbone for each thing that task networks read. */
export function specificOption(): Option {
  return new Option(
    '--specific <read>',
    'backbone of each task network, of the picture or of a map of the common network, as in ' +
      `block-2=convolutional:filters=12; repeatable; ${explainArchitectures()} (default: a small convolutional one of ` +
      'the map that the common network offers, of the picture with --stages together)',
  ).argParser(parseReading);
}

/**
 * `block-2=convolutional:filters=12`, or a backbone alone, which reads the picture.
 *
 * @throws InvalidOptionError that lists the names or options that there are
 */
export function parseReading(text: string, earlier: Readings = {}): Readings {
  const [, from = PICTURE, architecture = text] = /^([^=:]+)=(.+)$/s.exec(text) ?? [];
  if (Object.hasOwn(earlier, from)) {
    const expected = 'one backbone for each thing that is read';
    throw new InvalidOptionError({ option: '--specific', expected, received: `${from} twice` });
  }
  return { ...earlier, [from]: parseArchitecture('--specific', architecture) };
}
