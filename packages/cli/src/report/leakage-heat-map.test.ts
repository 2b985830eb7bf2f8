import { expect, it } from 'vitest';
import { leakageHeatMap } from './leakage-heat-map';

it('rounds to hundredths, colours between 0 and 1 and leaves own tasks out', () => {
  const html = leakageHeatMap('mean', {
    shape: { hue: 0.1258, size: -0.004 },
    hue: { shape: 1.3, size: -0.126 },
  });
  const cells = [...html.matchAll(/<td[^>]*?(?:--share:(\d+)%)?"?>([^<]*)<\/td>/g)].map(([, share, text]) => [
    text,
    share,
  ]);
  expect(cells).toEqual([
    ['–', undefined],
    ['0.13', '13'],
    ['0.00', '0'],
    ['1.30', '100'],
    ['–', undefined],
    ['-0.13', '0'],
  ]);
});
