import type { Metric } from '@factornet/metrics';
import { expect, test } from 'vitest';
import { chooseMetrics } from './choose-metrics';

const known = ['mig', 'mig-over-ceiling', 'sap-discrete', 'sap-continuous'].map(
  (name): Metric => ({
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    measure: async () => ({ metric: name, value: 0, details: {} }),
  }),
);

test.each([
  [['mig'], ['mig']],
  [
    ['SAP', 'mig'],
    ['sap-discrete', 'sap-continuous', 'mig'],
  ],
  [
    ['sap_discrete', 'sap'],
    ['sap-discrete', 'sap-continuous'],
  ],
])('%j stands for %j', (names, expected) => {
  expect(chooseMetrics(names, known).map(({ name }) => name)).toEqual(expected);
});

test.each(['sa', 'migs', ''])('refuses %j with the names that there are', (name) => {
  expect(() => chooseMetrics([name], known)).toThrow(
    /among mig, mig-over-ceiling, sap-discrete, sap-continuous/,
  );
});
