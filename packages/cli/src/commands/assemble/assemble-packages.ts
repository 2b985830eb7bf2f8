import { type AssemblyPlan, type Cost, conflictError, planAssembly, planJoint } from '@factornet/assembler';
import { type PackageSet, withComposition } from '@factornet/registry';
import { InvalidOptionError } from '@factornet/spec';
import { taskFacts } from '@factornet/spec/internal';
import { type Rank, zeros } from '@tensorflow/tfjs';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { EXIT_OK, exitCodeOf } from '../../exit-codes';
import type { Outcome } from '../../io';
import type { CompositionFlags } from '../../options/composition-flags';
import { assembleSet } from '../../packages/assemble-set';
import { checkLock } from '../../packages/check-lock';
import { placeOptions } from '../../packages/place-options';
import { planRequest } from '../../packages/refuse-conflicts';
import { formatBytes, formatCount } from '../../render/format';
import { numeric, type Table, tableOf } from '../../render/table';
import type { Text } from '../../render/text';

export interface AssembleFlags extends CompositionFlags {
  readonly check: boolean;
}

/** Plans an assembly of packages; with `--check` or `--verify` also loads it and runs one picture through. */
export async function assemblePackages(
  packages: readonly string[],
  flags: AssembleFlags,
  work: Work,
): Promise<Outcome> {
  return withComposition(packages, placeOptions(flags, work), (set) => assembleFound(set, flags, work));
}

async function assembleFound(set: PackageSet, flags: AssembleFlags, work: Work): Promise<Outcome> {
  await checkLock(set, flags);
  const plan = planAssembly({ ...planRequest(set), multipleTrunks: flags.multipleTrunks });
  const [conflict] = plan.conflicts;
  if (conflict !== undefined) {
    const { kind: code, message, hint } = conflict;
    return {
      json: { error: { code, message, hint }, plan },
      text: [renderPlan(set, plan, work), ...plan.conflicts.map((each) => `Conflict: ${each.message}`)],
      exitCode: exitCodeOf(conflictError(conflict)),
    };
  }
  const joint = flags.joint === undefined ? undefined : jointOf(set, flags.joint);
  const checked = flags.check || flags.verify ? await runOnce(set, flags, work) : undefined;
  const lines: Text[] = [renderPlan(set, plan, work)];
  if (joint !== undefined) {
    lines.push(
      `Jointly: ${joint.classes.length} classes of ${joint.labelSpace} (${joint.tasks.join(', ')}).`,
    );
  }
  if (checked !== undefined) {
    const { commonEvaluations } = checked;
    const trunk =
      commonEvaluations === 1 ? 'evaluation of the common network' : 'evaluations of common networks';
    lines.push(`Loaded and run: ${commonEvaluations} ${trunk} for ${plan.factors.length} tasks.`);
  }
  if (flags.verify) lines.push('Golden probes passed.');
  return {
    json: { plan, joint: joint ?? null, checked: checked ?? null },
    text: lines,
    exitCode: EXIT_OK,
  };
}

function jointOf({ factors }: PackageSet, labelSpace: string) {
  const { columns: _columns, ...joint } = planJoint(
    factors.map(({ manifest }) => manifest),
    labelSpace,
  );
  return joint;
}

function renderPlan({ factors }: PackageSet, plan: AssemblyPlan, { kinds }: Work): Table {
  const cost = ({ bytes, parameters, multiplyAdds }: Cost) => [
    formatBytes(bytes),
    formatCount(parameters),
    multiplyAdds === undefined ? '–' : formatCount(multiplyAdds),
  ];
  return tableOf(
    ['package', 'task', 'classes', 'needs', ...['bytes', 'parameters', 'multiply-adds'].map(numeric)],
    [
      ...plan.trunks.map((trunk) => [`${trunk.name}@${trunk.version}`, 'common', '–', '–', ...cost(trunk)]),
      ...plan.factors.map((planned) => {
        const manifest = factors.find(
          ({ name, version }) => name === planned.name && version === planned.version,
        )?.manifest;
        return [
          `${planned.name}@${planned.version}`,
          planned.task,
          manifest ? taskFacts(manifest.task, kinds).names.length : '–',
          `${manifest?.common.name}@${manifest?.common.range}`,
          ...cost(planned),
        ];
      }),
      ['together', plan.tasks.length, '', '', ...cost(plan)],
    ],
  );
}

async function runOnce(set: PackageSet, flags: AssembleFlags, work: Work) {
  const [common] = set.commons;
  if (common === undefined) {
    throw new InvalidOptionError({ option: 'package', expected: 'a common network', received: 'none' });
  }
  await selectBackend(work);
  const network = await assembleSet(set, flags, work);
  try {
    const picture = zeros<Rank.R4>([1, ...(common.manifest.input.shape as [number, number, number])]);
    const outputs = await network.predict(picture).finally(() => picture.dispose());
    return {
      commonEvaluations: network.commonEvaluations,
      verified: flags.verify,
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([task, { logits }]) => [task, { logits: [...logits] }]),
      ),
    };
  } finally {
    network.dispose();
  }
}
