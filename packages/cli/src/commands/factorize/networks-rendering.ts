import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { taskFacts } from '@factornet/spec/internal';
import { formatCount } from '../../render/format';
import { numeric, tableOf } from '../../render/table';

/** What was made, as data and as a table. */
export function renderNetworks(common: CommonNetwork, factors: readonly FactorNetwork[]) {
  const { representation, parameters } = common.description;
  const described = factors.map(({ description }) => ({
    task: description.task.name,
    facts: taskFacts(description.task),
    parameters: description.parameters,
  }));
  return {
    json: {
      common: { representation, parameters },
      factors: described.map(({ task, facts, parameters: own }) => ({
        task,
        ...facts.json,
        parameters: own,
      })),
    },
    table: tableOf(
      ['network', 'classes', numeric('parameters')],
      [
        ['common', '–', formatCount(parameters)],
        ...described.map((factor) => [
          factor.task,
          factor.facts.names.length,
          formatCount(factor.parameters),
        ]),
      ],
    ),
  };
}
