import { type CommonPackage, FactornetError, type FactorPackage } from '@factornet/spec';
import { expect, it } from 'vitest';
import { sampleCommon, sampleFactor } from '../testing/sample-packages';
import { confirmAddition } from './confirm-addition';
import { planAddition } from './plan-addition';

it('tells what was not installed as planned', () => {
  const hue = sampleFactor('hue');
  const wanted = [sampleFactor('shape'), hue, sampleFactor('size')];
  const installed = { dependencies: [], commons: [], factors: [] };
  const plan = planAddition({ installed, wanted, published: [sampleCommon({ version: '1.1.0' })] });
  const [common, shape] = [sampleCommon(), wanted[0]] as unknown as [CommonPackage, FactorPackage];
  const error = new FactornetError('some-code', 'It is broken.');
  const other = { ...plan, packages: plan.packages.map((each) => ({ ...each, manifest: hue.manifest })) };
  expect(
    confirmAddition({ packages: other.packages.slice(1, 2) }, { commons: [], factors: [shape], broken: [] }),
  ).toEqual(['@me/shape@1.0.0 was chosen by another manifest than the installed one']);
  const found = { commons: [common], factors: [shape], broken: [{ name: '@me/size', error }] };
  expect(confirmAddition(plan, found)).toEqual([
    '@me/ckn@1.1.0 was asked for; 1.0.0 is installed',
    '@me/hue@1.0.0 was asked for; it is not installed',
    '@me/size@1.0.0 was asked for; what is installed cannot be read: It is broken.',
  ]);
  expect(confirmAddition({ packages: plan.packages.slice(1, 2) }, found)).toEqual([]);
});
