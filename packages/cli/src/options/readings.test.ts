import { expect, test } from 'vitest';
import { parseReading } from './readings';

test('a backbone reads the picture, or what stands before it', () => {
  const alone = parseReading('residual:filters=16+32');
  expect(Object.entries(alone).map(([from, { backbone, values }]) => [from, backbone.name, values])).toEqual([
    ['picture', 'residual', { filters: [16, 32] }],
  ]);
  const both = parseReading('block-2=convolutional:filters=12,features=16', parseReading('convolutional'));
  expect(Object.keys(both)).toEqual(['picture', 'block-2']);
  expect(both['block-2']?.values).toEqual({ filters: [12], features: 16 });
});

test.each([
  ['block-2=resnet', {}, /--specific must be among convolutional/],
  ['picture=residual', parseReading('residual'), /one backbone for each thing that is read.*picture twice/],
  ['block-2=', {}, /NAME/],
])('refuses %s', (text, earlier, message) => {
  expect(() => parseReading(text, earlier)).toThrow(message);
});
