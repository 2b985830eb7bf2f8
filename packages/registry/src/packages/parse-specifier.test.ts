import { resolve } from 'node:path';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { parseSpecifier } from './parse-specifier';

describe('parseSpecifier', () => {
  it.each([
    ['shape', 'shape', undefined],
    ['@me/shape', '@me/shape', undefined],
    ['@me/shape@*', '@me/shape', undefined],
    ['@me/shape@1.2.3', '@me/shape', '1.2.3'],
    ['@me/shape@^1.2', '@me/shape', '^1.2'],
    ['@me/shape@>=1 <3 || 5.x', '@me/shape', '>=1 <3 || 5.x'],
    ['@me/shape@next', '@me/shape', 'next'],
  ])('reads %s', (text, name, wanted) => {
    expect(parseSpecifier(text)).toEqual({ type: 'registry', name, wanted });
  });

  it.each([
    ['./packages/shape', 'directory', '/project/packages/shape'],
    ['/elsewhere/shape', 'directory', '/elsewhere/shape'],
    ['file:../shape', 'directory', '/shape'],
    ['me-shape-1.0.0.tgz', 'tarball', '/project/me-shape-1.0.0.tgz'],
  ])('reads the path %s', (text, type, path) => {
    expect(parseSpecifier(text, '/project')).toEqual({ type, path: resolve(path) });
  });

  it.each([
    'git+https://example.invalid/shape.git',
    'me/shape',
    'github:me/shape',
    'https://example.invalid/shape.tgz',
    'other@npm:@me/shape',
    'a b',
    '',
  ])('refuses %j', (text) => {
    const read = () => parseSpecifier(text, '/project');
    expect(read).toThrow(InvalidOptionError);
    expect(read).toThrow(/a package by name, e\.g\. @scope\/shape/);
  });
});
