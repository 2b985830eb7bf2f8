import type { FactorManifest } from '@factornet/spec';
import { InvalidOptionError } from '@factornet/spec';
import { TooMuchLeakageError } from '@factornet/spec/publishing';
import { expect, it } from 'vitest';
import { sampleCommon, sampleFactor } from '../testing/sample-packages';
import { refuseLeakage } from './refuse-leakage';

const measured = (value: number) => ({ value, standardError: 0.012 });
const stated = (probe: string, hue: number, maximum = hue) => ({
  probe,
  examples: 2000,
  tasks: { hue: measured(hue), size: measured(-0.01) },
  mean: measured(hue / 2),
  maximum: measured(maximum),
});

function factorThatStates(leakage: FactorManifest['report']['leakage']) {
  const { name, version, manifest } = sampleFactor('shape');
  return {
    name,
    version,
    manifest: { ...manifest, report: { ...manifest.report, leakage } } as FactorManifest,
  };
}

it('lets a factor pass that leaks as much as is allowed, or less, and any common network', () => {
  const allowed = [sampleCommon(), factorThatStates([stated('linear', 0.9), stated('kernel', 0.1)])];
  expect(() => refuseLeakage(allowed, { maxLeakage: 0.1 })).not.toThrow();
  expect(() => refuseLeakage([], { maxLeakage: 0 })).not.toThrow();
});

it('refuses one that states more, naming figure, task and probe', () => {
  const packages = [factorThatStates([stated('kernel', 0.254)])];
  expect(() => refuseLeakage(packages, { maxLeakage: 0.1 })).toThrow(TooMuchLeakageError);
  expect(() => refuseLeakage(packages, { maxLeakage: 0.1 })).toThrow(
    /shape@1\.0\.0 leaks 0\.254 ± 0\.012 about "hue", by a kernel probe; 0\.1 at most.*\n.*categorical\(\)/,
  );
  expect(() => refuseLeakage(packages, { maxLeakage: 0.3 })).not.toThrow();
});

it('goes by the cells, not by a maximum that is stated smaller', () => {
  const packages = [factorThatStates([stated('kernel', 0.5, 0.01)])];
  expect(() => refuseLeakage(packages, { maxLeakage: 0.1 })).toThrow(/leaks 0\.500/);
});

it('refuses one that states nothing, or nothing by this probe, and says what to do', () => {
  const silent = () => refuseLeakage([factorThatStates(undefined)], { maxLeakage: 0.1 });
  expect(silent).toThrow(/does not state what a kernel probe reads/);
  expect(silent).toThrow(/evaluate --bricks … --save/);
  const other = [factorThatStates([stated('linear', 0)])];
  expect(() => refuseLeakage(other, { maxLeakage: 0.1 })).toThrow(/It has figures of: linear/);
  expect(() => refuseLeakage(other, { maxLeakage: 0.1, probe: 'linear' })).not.toThrow();
});

it('refuses a limit that is none', () => {
  for (const maxLeakage of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => refuseLeakage([], { maxLeakage })).toThrow(InvalidOptionError);
  }
});
