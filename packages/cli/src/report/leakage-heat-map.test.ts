import { expect, it } from 'vitest';
import { leakageHeatMap } from './leakage-heat-map';

const measured = (value: number, standardError = 0.012) => ({ value, standardError });

it('rounds to hundredths, colours between 0 and 1, leaves own tasks out, and ends with z', () => {
  const html = leakageHeatMap('kernel', {
    codes: {
      shape: { hue: measured(0.1258), size: measured(-0.004) },
      hue: { shape: measured(1.3), size: measured(-0.126, 0.0301) },
    },
    common: { shape: measured(0.84), hue: measured(1), size: measured(0.9) },
  });
  const cells = [
    ...html.matchAll(/<td[^>]*?(?:--share:(\d+)%)?"?>([^<]*)(?:<small>([^<]*)<\/small>)?<\/td>/g),
  ].map(([, share, text, error]) => [text, share, error]);
  expect(cells).toEqual([
    ['–', undefined, undefined],
    ['0.13', '13', '± 0.01'],
    ['0.00', '0', '± 0.01'],
    ['1.30', '100', '± 0.01'],
    ['–', undefined, undefined],
    ['-0.13', '0', '± 0.03'],
    ['0.84', '84', '± 0.01'],
    ['1.00', '100', '± 0.01'],
    ['0.90', '90', '± 0.01'],
  ]);
  expect(html).toContain('<th scope="row">z</th>');
});
