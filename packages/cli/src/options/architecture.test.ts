import { expect, test } from 'vitest';
import { namesBackbone, parseArchitecture } from './architecture';

const parse = (text: string) => {
  const { backbone, values } = parseArchitecture('--arch', text);
  return [backbone.name, values];
};

test.each([
  ['residual', 'residual', {}],
  ['residual:filters=16+32,blocks-per-stage=3', 'residual', { filters: [16, 32], blocksPerStage: 3 }],
  ['residual:filters=16,stemStride=2', 'residual', { filters: [16], stemStride: 2 }],
  [
    'mobileNetV2:width=0.5,strides=1+1+2+2+1+2+1',
    'mobile-net-v2',
    { width: 0.5, strides: [1, 1, 2, 2, 1, 2, 1] },
  ],
  ['convolutional:kernel-size=5,strides=2+1', 'convolutional', { kernelSize: 5, strides: [2, 1] }],
  [
    'convolutional:pooling=average,normalization=none',
    'convolutional',
    { pooling: 'average', normalization: 'none' },
  ],
])('reads %s', (text, name, values) => {
  expect(parse(text)).toEqual([name, values]);
});

test.each([
  ['resnet', /--arch must be among convolutional, residual, mobile-net-v2, but is "resnet"/],
  ['residual:depth=20', /parameters among filters, blocksPerStage, stemStride, features/],
  ['residual:filters=16+0', /filters of residual must be integers of at least 1, with \+ between/],
  ['residual:stem-stride=3', /stemStride of residual must be 1 or 2/],
  ['residual:blocks-per-stage=2+3', /blocksPerStage of residual must be an integer of at least 1/],
  ['mobile-net-v2:width=0', /width of mobile-net-v2 must be a number above 0/],
  [
    'convolutional:strides=1.5',
    /strides of convolutional must be an integer of at least 1, or one per block/,
  ],
  ['residual:filters', /NAME:OPTION=VALUE/],
  ['', /NAME or NAME/],
])('refuses %j', (text, message) => {
  expect(() => parse(text)).toThrow(message);
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
});

test('tells backbones from folders', () => {
  expect(['residual', 'Residual:x', 'mobileNetV2'].map(namesBackbone)).toEqual([true, true, true]);
  expect(['out/common', 'residual/common', '@me/residual', ''].map(namesBackbone)).not.toContain(true);
});
