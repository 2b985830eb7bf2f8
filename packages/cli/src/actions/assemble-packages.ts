import { type AssemblyPlan, assemble, planAssembly } from '@factornet/assembler';
import { type Rank, zeros } from '@tensorflow/tfjs';
import { selectBackend } from '../backend';
import type { Work } from '../context';
import { EXIT_INCOMPATIBLE, EXIT_OK } from '../exit-codes';
import type { Outcome } from '../io';
import { formatBytes, formatCount } from '../render/format';
import { numeric, renderTable } from '../render/table';
import { type PackageSet, resolvePackages } from './resolve-packages';

/** Plans an assembly of packages; with `--check` also loads it and runs one picture through. */
export async function assemblePackages(
  packages: readonly string[],
  { check }: { check: boolean },
  work: Work,
): Promise<Outcome> {
  const set = await resolvePackages(packages);
  const plan = planAssembly(set);
  const conflicts = plan.conflicts.map(({ message }) => `Conflict: ${message}`);
  if (conflicts.length > 0) {
    return {
      json: {
        error: {
          code: plan.conflicts[0]?.kind,
          message: plan.conflicts[0]?.message,
          hint: plan.conflicts[0]?.hint ?? null,
        },
        plan,
      },
      text: [renderPlan(set, plan), ...conflicts].join('\n'),
      exitCode: EXIT_INCOMPATIBLE,
    };
  }
  const checked = check ? await runOnce(set, work) : undefined;
  const lines = [renderPlan(set, plan)];
  if (checked !== undefined) {
    lines.push(
      `Loaded and run: ${checked.commonEvaluations} evaluation of the common network for ${plan.factors.length} tasks.`,
    );
  }
  return { json: { plan, checked: checked ?? null }, text: lines.join('\n'), exitCode: EXIT_OK };
}

function renderPlan({ common, factors }: PackageSet, plan: AssemblyPlan): string {
  return renderTable(
    ['package', 'task', 'classes', 'needs', numeric('bytes'), numeric('parameters')],
    [
      [
        `${common.name}@${common.version}`,
        'common',
        '–',
        '–',
        formatBytes(plan.trunks[0]?.bytes ?? 0),
        formatCount(plan.trunks[0]?.parameters ?? 0),
      ],
      ...plan.factors.map((planned, index) => {
        const manifest = factors[index]?.manifest;
        return [
          `${planned.name}@${planned.version}`,
          planned.task,
          manifest?.task.classes.length ?? '–',
          `${manifest?.common.name}@${manifest?.common.range}`,
          formatBytes(planned.bytes),
          formatCount(planned.parameters),
        ];
      }),
      ['together', plan.tasks.length, '', '', formatBytes(plan.bytes), formatCount(plan.parameters)],
    ],
  );
}

async function runOnce({ common, factors }: PackageSet, work: Work) {
  await selectBackend(work);
  const network = await assemble(common, factors);
  try {
    const picture = zeros<Rank.R4>([1, ...(common.manifest.input.shape as [number, number, number])]);
    const outputs = await network.predict(picture).finally(() => picture.dispose());
    return {
      commonEvaluations: network.commonEvaluations,
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([task, { logits }]) => [task, { logits: [...logits] }]),
      ),
    };
  } finally {
    network.dispose();
  }
}
