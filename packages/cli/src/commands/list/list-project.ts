import {
  findProject,
  groupInstalled,
  type InstalledGroup,
  type InstalledProject,
  listInstalled,
  statedAccuracy,
} from '@factornet/registry';
import { shellWord, taskFacts } from '@factornet/spec/internal';
import type { Outcome } from '../../io';
import { formatBytes, formatShare } from '../../render/format';
import { numeric, tableOf } from '../../render/table';
import type { Text } from '../../render/text';

/**
 * Shows the packages of knowledge of a project: what they can tell, and which do not fit together.
 *
 * @throws MissingFileError if there is no project, InvalidManifestError
 */
export async function listProject(from: string): Promise<Outcome> {
  const project = await listInstalled(await findProject(from));
  const groups = groupInstalled(project);
  return {
    json: {
      directory: project.directory,
      groups: groups.map(descriptionOfGroup),
      broken: project.broken.map(({ name, error }) => ({ name, code: error.code, message: error.message })),
      missing: project.missing,
    },
    text: render(project, groups),
  };
}

function descriptionOfGroup({ name, common, factors, plan }: InstalledGroup) {
  return {
    name,
    version: common?.version ?? null,
    tasks: factors.map(({ manifest }) => manifest.task.name),
    factors: factors.map(({ name: factor, version, manifest }) => ({
      name: factor,
      version,
      task: manifest.task.name,
      ...taskFacts(manifest.task).json,
      needs: `${manifest.common.name}@${manifest.common.range}`,
      accuracy: statedAccuracy(manifest) ?? null,
    })),
    bytes: plan?.bytes ?? null,
    parameters: plan?.parameters ?? null,
    multiplyAdds: plan?.multiplyAdds ?? null,
    conflicts: plan?.conflicts ?? [],
  };
}

function render(project: InstalledProject, groups: readonly InstalledGroup[]): Text {
  const lines: Text[] = groups.flatMap(renderGroup);
  if (groups.length === 0 && project.broken.length === 0) {
    lines.push(
      `No packages of knowledge among the dependencies of ${project.directory}.`,
      'Find some: factornet plan --tasks <list>. Add some: factornet add <package…>',
    );
  }
  if (groups.length > 1) {
    lines.push(
      `${groups.length} common networks: assemble the factors of each by themselves, or all with multipleTrunks: true.`,
    );
  }
  for (const { name, error } of project.broken) lines.push(`Broken: ${name}: ${error.message}`);
  if (project.missing.length > 0) {
    lines.push(`Not installed yet: ${project.missing.join(', ')}. Run the package manager's install first.`);
  }
  return lines;
}

function renderGroup({ name, common, factors, plan }: InstalledGroup): Text[] {
  const planned = new Map(plan?.factors.map((each) => [each.name, each]));
  const table = tableOf(
    ['package', 'task', 'classes', 'needs', numeric('bytes'), numeric('accuracy'), 'fits'],
    [
      [
        common === undefined ? name : `${name}@${common.version}`,
        'common',
        '–',
        '–',
        formatBytes(plan?.trunks[0]?.bytes ?? 0),
        '–',
        common === undefined ? 'not installed' : '–',
      ],
      ...factors.map(({ name: factor, version, manifest }) => [
        `${factor}@${version}`,
        manifest.task.name,
        shorten(taskFacts(manifest.task).names),
        `${manifest.common.name}@${manifest.common.range}`,
        formatBytes(planned.get(factor)?.bytes ?? 0),
        formatShare(statedAccuracy(manifest)),
        common === undefined ? '–' : planned.get(factor)?.trunk === undefined ? 'no' : 'yes',
      ]),
      ['together', factors.length, '', '', formatBytes(plan?.bytes ?? 0), '', ''],
    ],
  );
  const conflicts = plan?.conflicts.map(({ message }) => `Conflict: ${message}`) ?? [];
  const wanted = factors.map(({ manifest }) => `${manifest.common.name}@${manifest.common.range}`);
  return [
    table,
    ...conflicts,
    ...(common === undefined
      ? [`${name} is not installed. Add it: factornet add ${shellWord(wanted[0] ?? name)}`]
      : []),
  ];
}

function shorten(classes: readonly string[], most = 4): string {
  const shown = classes.slice(0, most).join(', ');
  return classes.length > most ? `${shown} … (${classes.length})` : shown;
}
