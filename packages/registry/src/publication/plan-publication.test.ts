import { expect, it } from 'vitest';
import type { PublishedPackage } from '../packages/published-package';
import { digest, sampleCommon, sampleFactor } from '../testing/sample-packages';
import { planPublication } from './plan-publication';

const folder = ({ name, version, manifest }: PublishedPackage) => ({
  ...{ name, version, manifest },
  directory: `packages/${name}-${version}`,
});

it('puts common networks first, and each factor with the one of them that its range takes', () => {
  const other = sampleFactor('hue', { common: '@you/ckn' });
  const next = sampleFactor('size', { range: '^2.0.0-beta.1', representation: digest('b') });
  const [one, two] = [sampleCommon(), sampleCommon({ version: '2.0.0-beta.2' })];
  const plan = planPublication([sampleFactor('shape'), two, other, next, one].map(folder));
  expect(plan).toEqual([
    { ...step('@me/ckn', '2.0.0-beta.2'), kind: 'common' },
    { ...step('@me/ckn', '1.0.0'), kind: 'common' },
    { ...step('@me/shape', '1.0.0'), kind: 'factor', common: 'packages/@me/ckn-1.0.0' },
    { ...step('@me/hue', '1.0.0'), kind: 'factor' },
    { ...step('@me/size', '1.0.0'), kind: 'factor', common: 'packages/@me/ckn-2.0.0-beta.2' },
  ]);
});

const step = (name: string, version: string) => ({
  ...{ name, version },
  directory: `packages/${name}-${version}`,
});
