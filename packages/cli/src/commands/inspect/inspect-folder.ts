import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackage } from '@factornet/assembler/node';
import { findFusion, readPackedFile, readVerified } from '@factornet/core/internal';
import { fileExists, isBrick, readBrickFile } from '@factornet/core/node';
import { isTeacher, readTeacherManifest } from '@factornet/factorizer/node';
import {
  type CommonDescription,
  type CommonManifest,
  type FactorDescription,
  type FactorManifest,
  type FileDescription,
  MissingFileError,
  type ModelFiles,
  type Provenance,
} from '@factornet/spec';
import type { TeacherManifest } from '@factornet/spec/training';
import type { Outcome } from '../../io';
import { formatBytes, formatCount, formatShare } from '../../render/format';
import { numeric, renderFacts, renderTable } from '../../render/table';

type Facts = [name: string, value: string | number][];

interface Found {
  readonly manifest: object;
  readonly facts: Facts;
  readonly models: readonly ModelFiles[];
  /** Whether it is a package, whose files are no links. */
  readonly packed?: boolean;
}

/**
 * Tells what lies in a folder, after its files were checked against their digests.
 *
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, RefusedPackageError
 */
export async function inspectFolder(directory: string): Promise<Outcome> {
  const { manifest, facts, models, packed = false } = await readFolder(directory);
  const files = models.flatMap(({ topology, weights }) => [topology, weights]);
  const read = packed ? readPackedFile : readVerified;
  for (const file of files) await read(file, (name) => pathToFileURL(join(directory, name)));
  return {
    json: { directory, ...manifest, verified: files.map(({ path }) => path) },
    text: [renderFacts(facts), renderFiles(files)].join('\n'),
  };
}

async function readFolder(directory: string): Promise<Found> {
  if (await isTeacher(directory)) {
    const manifest = await readTeacherManifest(directory);
    return { manifest, facts: teacherFacts(manifest), models: [manifest.model] };
  }
  if (await isBrick(directory)) {
    const brick = await readBrickFile(directory);
    return brick.kind === 'common'
      ? { manifest: brick, facts: commonFacts(brick.description), models: [brick.model] }
      : { manifest: brick, facts: factorFacts(brick.description), models: [brick.specific, brick.head] };
  }
  if (!(await fileExists(join(directory, 'package.json')))) {
    throw new MissingFileError(
      { path: join(directory, '{teacher,brick,package}.json') },
      {
        hint: 'Name the folder of a teacher, of one network (out/common, out/factors/shape) or of a package.',
      },
    );
  }
  const { name, version, manifest: immutable } = await readPackage(directory);
  const manifest = immutable as CommonManifest | FactorManifest;
  const identity: Facts = [['package', `${name}@${version}`]];
  if (manifest.kind === 'common') {
    const facts = [...identity, ...commonFacts(manifest)];
    return { manifest: { name, version, ...manifest }, facts, models: [manifest.model], packed: true };
  }
  const { common, specific, head } = manifest;
  const facts: Facts = [
    ...identity,
    ['works with', `${common.name}@${common.range}`],
    ...factorFacts({ ...manifest, representation: common.representation }),
  ];
  return { manifest: { name, version, ...manifest }, facts, models: [specific, head], packed: true };
}

function teacherFacts(manifest: TeacherManifest): Facts {
  const { name, input, tasks, taps, parameters, accuracy, data, command, seed } = manifest;
  return [
    ['kind', 'teacher'],
    ['name', name],
    ['input', input.shape.join(' × ')],
    ...tasks.map((task): [string, string] => [
      `task ${task.name}`,
      `${task.classes.join(', ')} (accuracy ${formatShare(accuracy[task.name])})`,
    ]),
    ['taps', taps.join(', ')],
    ['parameters', formatCount(parameters)],
    ['measured on', data],
    ['seed', seed],
    ['made by', command],
  ];
}

function commonFacts({ input, features, backbone, ...rest }: CommonDescription): Facts {
  return [
    ['kind', 'common-knowledge network'],
    ['input', input.shape.join(' × ')],
    ['features', features.shape[0]],
    ['backbone', `${backbone.name} ${JSON.stringify(backbone.options)}`],
    ['parameters', formatCount(rest.parameters)],
    ['representation', rest.representation],
    ...provenanceFacts(rest.provenance),
  ];
}

function factorFacts({ task, fusion, backbone, report, ...rest }: FactorDescription): Facts {
  return [
    ['kind', 'factor'],
    ['task', task.name],
    ['classes', task.classes.join(', ')],
    ['fusion', `head(${findFusion(fusion, task.name).formula}) (${fusion.type})`],
    ['backbone', `${backbone.name} ${JSON.stringify(backbone.options)}`],
    ['parameters', formatCount(rest.parameters)],
    ['accuracy', `${formatShare(report.accuracy)} (teacher ${formatShare(report.teacherAccuracy)})`],
    ['representation', rest.representation],
    ...provenanceFacts(rest.provenance),
  ];
}

function provenanceFacts({ teacher, data, objective, seed, backend }: Provenance): Facts {
  return [
    ['teacher', teacher === undefined ? 'none (labels alone)' : teacher.name],
    ['data', data],
    ['objective', objective.map(({ term, weight }) => `${weight} ${term}`).join(' + ')],
    ['seed', seed],
    ['backend', backend],
  ];
}

function renderFiles(files: readonly FileDescription[]): string {
  return renderTable(
    ['file', numeric('bytes'), 'digest'],
    files.map(({ path, bytes, integrity }) => [path, formatBytes(bytes), `${integrity.slice(0, 23)}… ok`]),
  );
}
