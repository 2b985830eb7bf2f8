import { InvalidArgumentError, Option } from 'commander';

/** `--workers <count>`: threads that training runs on. */
export function workersOption(): Option {
  return new Option(
    '--workers <count>',
    'threads to train on (backend wasm): a number, or auto for all cores',
  )
    .default(1)
    .argParser(parseWorkers);
}

/** A positive integer or `auto`. @throws InvalidArgumentError, which commander turns into a usage error */
export function parseWorkers(text: string): number | 'auto' {
  if (text === 'auto') return text;
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('Expected an integer of at least 1, or auto.');
}
