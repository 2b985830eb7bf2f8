import { convolutional } from '@factornet/zoo';
import { expect, test } from 'vitest';
import { parseReading } from '../../options/readings';
import { filtersFor, type SpecificFlags, specificBackbones } from './specific-backbones';

const maps = [
  { name: 'block-1', shape: [16, 16, 24] },
  { name: 'block-2', shape: [8, 8, 48] },
] as const;
const make = (flags: Partial<SpecificFlags>, usual: (typeof maps)[number] | undefined = maps[1]) =>
  specificBackbones({ pooling: 'flatten', ...flags }, { maps, usual, features: 7 });
const optionsOf = (made: Awaited<ReturnType<typeof make>>) =>
  Object.entries(made).map(([from, { options }]) => [from, options]);
const shared = { strides: 2, pooling: 'flatten' } as const;

test('where nothing is said, one convolution reads the usual map, sized by it', async () => {
  const expected = convolutional({ ...shared, filters: [16], kernelSize: [3], features: 16 }).options;
  expect(optionsOf(await make({}))).toEqual([['block-2', expected]]);
  const wider = convolutional({ ...shared, filters: [20], kernelSize: [3], features: 16 }).options;
  expect(optionsOf(await make({ specificFilters: [20] }))).toEqual([['block-2', wider]]);
});

test('where there is no map, the picture is read', async () => {
  const expected = { ...shared, filters: [8, 16, 32], kernelSize: [5, 3, 3], features: 7 };
  const made = await specificBackbones({ pooling: 'flatten' }, { maps: [], usual: undefined, features: 7 });
  expect(optionsOf(made)).toEqual([['picture', convolutional(expected).options]]);
});

test('what is asked for is read, each by its backbone', async () => {
  const specific = parseReading('block-1=convolutional:filters=6,features=9', parseReading('residual'));
  const made = optionsOf(await make({ specific }));
  expect(made.map(([from]) => from)).toEqual(['picture', 'block-1']);
  expect(made[1]?.[1]).toMatchObject({ filters: [6], features: 9, kernelSize: [3] });
});

test('refuses what is not there to read, and filters that would be of nobody', async () => {
  await expect(make({ specific: parseReading('block-9=residual') })).rejects.toThrow(
    /--specific must be for what there is to read: picture, block-1, block-2/,
  );
  const specific = parseReading('block-1=residual', parseReading('residual'));
  await expect(make({ specific, specificFilters: [4] })).rejects.toThrow(/left out where --specific names/);
});

test.each([
  [[8, 8, 48], [16]],
  [[4, 4, 64], [21]],
  [
    [16, 12, 8],
    [4, 4],
  ],
] as const)('filters for a map of %j', (shape, filters) => {
  expect(filtersFor({ name: 'map', shape })).toEqual(filters);
});
