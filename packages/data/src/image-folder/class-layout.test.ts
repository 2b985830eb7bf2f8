import { expect, test } from 'vitest';
import { readLayout } from './class-layout';
import { isPicture } from './picture-file';

const file = (path: string) => ({ path, read: async () => new Uint8Array() });

test('orders classes and files by code unit, whatever order they came in', () => {
  const paths = ['x/b/2.png', 'x/B/1.png', 'x/b/10.png', 'x/é/1.png', 'x/b/1.png'];
  const layout = readLayout('pictures', paths.map(file));
  expect(layout.classes).toEqual(['B', 'b', 'é']);
  expect(layout.files.map(({ path }) => path)).toEqual([
    'x/B/1.png',
    'x/b/1.png',
    'x/b/10.png',
    'x/b/2.png',
    'x/é/1.png',
  ]);
  expect(layout.labels).toEqual(Int32Array.of(0, 1, 1, 1, 2));
  expect(readLayout('pictures', paths.map(file).reverse()).labels).toEqual(layout.labels);
});

test('tells pictures from other files', () => {
  const answers = [
    'a/1.jpg',
    'a/1.JPEG',
    'a/1.png',
    'a/1.gif',
    'a/jpg',
    'a/._1.jpg',
    '.git/1.jpg',
    '__MACOSX/a/1.jpg',
  ];
  expect(answers.map(isPicture)).toEqual([true, true, true, false, false, false, false, false]);
});
