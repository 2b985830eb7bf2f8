import { expect, test } from 'vitest';
import { displayWidth } from './fit-width';
import { numeric, renderTable, tableOf } from './table';
import { renderText } from './text';

const table = tableOf(
  ['package', 'task', numeric('multiply-adds'), 'needs'],
  [
    [
      '@somebody/a-long-name-of-shapes-shape@1.0.0',
      'shape',
      '12,345,678',
      '@somebody/a-long-name-of-shapes-common@^1.0.0',
    ],
    ['together', 1, '12,345,678', ''],
  ],
);
const lines = (width?: number) => renderTable(table, width).split('\n');

test('is as wide as it needs to be where there is no width, or enough of it', () => {
  const free = renderTable(table);
  expect(free).toContain(
    '│ @somebody/a-long-name-of-shapes-shape@1.0.0 │ shape │    12,345,678 │ @somebody/a-long',
  );
  const width = displayWidth(free.split('\n')[0] as string);
  expect(renderTable(table, width)).toBe(free);
  expect(renderTable(table, width - 1)).not.toBe(free);
});

test.each([100, 80, 60])('fits into %d characters, and keeps every word', (width) => {
  for (const line of lines(width)) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
  // Numbers are not broken.
  expect(renderTable(table, width).match(/12,345,678/g)).toHaveLength(2);
  const column = (index: number) =>
    lines(width)
      .map((line) => line.split('│')[index + 1]?.trim() ?? '')
      .join('');
  expect(column(0)).toContain('@somebody/a-long-name-of-shapes-shape@1.0.0');
  expect(column(3)).toContain('@somebody/a-long-name-of-shapes-common@^1.0.0');
});

test('lines that a cell goes on in stand back, so that a name cannot look like a row', () => {
  const cells = lines(60).map((line) => line.split('│')[1]);
  expect(cells.filter((cell) => cell?.startsWith('   ') && cell.trim() !== '').length).toBeGreaterThan(0);
  expect(cells.filter((cell) => /^ \S/.test(cell ?? ''))).toHaveLength(3);
});

test('wide characters take two places', () => {
  const wide = tableOf(['class'], [['猫が好きです。犬も好きです。']]);
  for (const line of renderTable(wide, 20).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(20);
  expect([displayWidth('猫'), displayWidth('é'), displayWidth('e\u0301')]).toEqual([2, 1, 1]);
});

test('is some wider than a terminal in which nothing would be legible', () => {
  const least = Math.max(...lines(1).map(displayWidth));
  expect(least).toBeGreaterThan(30);
  expect(least).toBeLessThan(60);
  // Numbers are whole even there.
  expect(renderTable(table, 1).match(/12,345,678/g)).toHaveLength(2);
});

test('a text is its parts below one another', () => {
  expect(renderText(['one', '', ['two', table]], 60)).toBe(`one\n\ntwo\n${renderTable(table, 60)}`);
});
