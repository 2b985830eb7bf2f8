import { expect, it } from 'vitest';
import { informationHeatMap } from './information-heat-map';

it('colours by the share of what there is to tell, own tasks in a colour of their own', () => {
  const html = informationHeatMap(
    'mean',
    { shape: { shape: 1.3, size: -0.004 }, size: { shape: 0.35, size: 0.2 } },
    { shape: 1.4, size: 0.7 },
  );
  expect(html).toContain('<span>shape</span><small>of 1.40</small>');
  const cells = [...html.matchAll(/<td( class="[^"]*")? style="--share:(\d+)%">([^<]*)<\/td>/g)].map(
    ([, classes, share, text]) => [text, share, classes?.trim()],
  );
  expect(cells).toEqual([
    ['1.30', '93', 'class="wanted strong"'],
    ['0.00', '0', undefined],
    ['0.35', '25', undefined],
    ['0.20', '29', 'class="wanted"'],
  ]);
});

it('has no share of a label that is always the same, and a dash where nothing was measured', () => {
  const html = informationHeatMap('mean', { a: { a: 0 } }, { a: 0, b: 0.5 });
  expect(html).toContain('--share:0%">0.00');
  expect(html).toContain('<td class="own">–</td>');
});
