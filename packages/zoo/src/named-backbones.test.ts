import { readdirSync } from 'node:fs';
import { InvalidOptionError } from '@factornet/spec';
import { expect, it } from 'vitest';
import { type BackboneOption, namedBackbones } from './named-backbones';

/** A value that every option of the type takes; lists are of three, other than the seven strides of MobileNetV2. */
function example(option: BackboneOption, name: string, backbone: string): unknown {
  if (option.type === 'choice') return option.choices.at(-1);
  if (option.type === 'number') return 0.5;
  if (option.type === 'integer') return 2;
  const length = backbone === 'mobile-net-v2' && name === 'strides' ? 7 : 3;
  return Array.from({ length }, () => 2);
}

it('names every backbone of the zoo, as its file is called', () => {
  const files = readdirSync(new URL('./backbones/', import.meta.url))
    .filter((file) => !/\.test\.ts$|^blocks\.ts$/.test(file))
    .map((file) => file.replace(/\.ts$/, ''));
  expect(namedBackbones.map(({ name }) => name).sort()).toEqual(files.sort());
});

it.each(namedBackbones)('$name is made with all of its options', async ({ name, options, create }) => {
  const values = Object.fromEntries(
    Object.entries(options).map(([key, option]) => [key, example(option, key, name)]),
  );
  const backbone = await create(values);
  expect(backbone.name).toBe(name);
  // What a manifest says of an architecture is what makes it.
  expect(backbone.options).toEqual(values);
  expect(backbone.features).toBe(2);
});

it('hands on what a factory refuses', async () => {
  const residual = namedBackbones.find(({ name }) => name === 'residual');
  await expect(residual?.create({ filters: [] })).rejects.toThrow(InvalidOptionError);
});
