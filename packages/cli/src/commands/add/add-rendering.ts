import type { AdditionPlan, PlannedPackage } from '@factornet/registry';
import { formatBytes, formatCount, formatShare } from '../../render/format';
import { plainLine } from '../../render/plain-text';
import { quoteCommandLine } from '../../render/quote';
import { numeric, tableOf } from '../../render/table';
import type { Text } from '../../render/text';

/** A plan for people: what is done to each package, what it costs, and what the project gains. */
export function renderAddition(plan: AdditionPlan): Text {
  const { packages, tasksGained } = plan;
  const table = tableOf(
    [
      'package',
      'task',
      'needs',
      'step',
      ...['download', 'parameters', 'multiply-adds', 'accuracy'].map(numeric),
    ],
    [
      ...packages.map((each) => [
        `${each.name}@${each.version}`,
        each.task ?? 'common',
        each.needs ?? '–',
        explainStep(each),
        formatBytes(each.downloadBytes),
        formatCount(each.parameters),
        formatCount(each.multiplyAdds),
        each.kind === 'common' ? '–' : formatShare(each.accuracy),
      ]),
      [
        'together',
        packages.filter(({ kind }) => kind === 'factor').length,
        '',
        '',
        formatBytes(plan.downloadBytes),
        formatCount(plan.parameters),
        formatCount(plan.multiplyAdds),
        '',
      ],
    ],
  );
  const deprecated = packages.filter((each) => each.deprecated !== undefined);
  return [
    table,
    `Tasks gained: ${tasksGained.length === 0 ? 'none' : tasksGained.join(', ')}.`,
    ...deprecated.map(
      ({ name, version, deprecated: words }) => `${name}@${version} is deprecated: ${plainLine(words ?? '')}`,
    ),
  ];
}

/**
 * How to use what was added: one example per common-knowledge network.
 *
 * @param dependencies what the project lists, with or without an assembler
 */
export function renderUse(
  { packages }: Pick<AdditionPlan, 'packages'>,
  dependencies: readonly string[],
): string {
  const names = packages.map(({ name }) => name);
  const lines = packages
    .filter(({ kind }) => kind === 'common')
    .flatMap((common, index) => {
      const next = packages.findIndex((each, at) => each.kind === 'common' && at > packages.indexOf(common));
      const factors = packages.slice(packages.indexOf(common) + 1, next < 0 ? packages.length : next);
      const trunk = index === 0 ? 'common' : `common${index + 1}`;
      return [
        `  import ${trunk} from '${common.name}';`,
        ...factors.map((factor) => `  import ${identifier(factor)} from '${factor.name}';`),
        `  const network${index === 0 ? '' : index + 1} = await assemble(${trunk}, [${factors.map(identifier).join(', ')}]);`,
      ];
    });
  const assembler = ['@factornet/assembler', '@tensorflow/tfjs'].filter(
    (name) => !dependencies.includes(name),
  );
  return [
    assembler.length === 0 ? 'Use it:' : `Use it, once ${assembler.join(' and ')} is installed:`,
    "  import { assemble } from '@factornet/assembler';",
    ...lines,
    `Check it on this machine: factornet verify ${quoteCommandLine(names)}`,
  ].join('\n');
}

function explainStep({ step, from }: PlannedPackage): string {
  switch (step) {
    case 'install':
      return 'install';
    case 'update':
      return `update from ${from}`;
    case 'list':
      return 'there; add to package.json';
    case 'present':
      return 'there';
  }
}

/** `object-hue` → `objectHue`. */
function identifier({ task, name }: PlannedPackage): string {
  return (task ?? name).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
