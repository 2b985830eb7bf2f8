import * as assembler from '@factornet/assembler';
import * as core from '@factornet/core';
import * as spec from '@factornet/spec';
import { expect, it } from 'vitest';
import { bundledRooms, bundleLimit, measureBundle } from './bundle-size';

const bundle = await measureBundle();

it('all exports of assembler, core and spec are at most 27.2 kB, minified and gzipped', () => {
  expect(bundle.gzipped).toBeLessThanOrEqual(bundleLimit);
  // A bundle that lost its content would be smaller still.
  expect(bundle.gzipped).toBeGreaterThan(10_000);
});

it('the bundle has every export, and bytes of every room', () => {
  const exported = [spec, core, assembler].flatMap((room) => Object.keys(room));
  expect(bundle.exports).toEqual([...new Set(exported)].sort());
  const rooms = Object.keys(bundle.groups).map((group) => group.split('/')[0]);
  expect(rooms).toEqual(expect.arrayContaining([...bundledRooms]));
});

it('tells where the bytes come from, all but those that join modules', () => {
  const told = Object.values(bundle.groups).reduce((sum, bytes) => sum + bytes, 0);
  expect(told / bundle.minified).toBeGreaterThan(0.95);
  expect(told).toBeLessThanOrEqual(bundle.minified);
});
