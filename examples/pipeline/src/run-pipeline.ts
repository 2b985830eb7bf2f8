import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createProgressReporter,
  explainFindings,
  renderAccuracyTable,
  renderBaselineTable,
  renderCalibrationTable,
  renderInformationTable,
  renderReport,
} from '@factornet/cli';
import { useBackend } from '@factornet/core';
import { writeJson, writeText } from '@factornet/core/node';
import {
  type CheckpointStore,
  disposeFactorization,
  evaluateFactorization,
  factorize,
  isOfTraining,
  withReports,
} from '@factornet/factorizer';
import { fileCheckpoint, readTeacher } from '@factornet/factorizer/node';
import { measureBaselines, measureJoint, packFactorization, probesFrom } from '@factornet/pipeline';
import { checkOutputs } from './check-outputs';
import { type ConsumerProject, createConsumerProject } from './consumer-project';
import { explainJoint } from './explain-joint';
import { type PackedFolder, packTarballs } from './pack-tarballs';
import type { PipelineOptions } from './pipeline-options';
import type { PipelineReport } from './pipeline-report';
import { StageClock } from './stage-clock';
import { packWorkspacePackages } from './workspace-tarballs';

/** TensorFlow.js as a consumer installs it. */
const tensorflow = ['@tensorflow/tfjs@^4.22.0', '@tensorflow/tfjs-backend-wasm@^4.22.0'];

/**
 * From a pretrained teacher to networks assembled in a project that knows factornet only as npm packages.
 * Writes `report.json` and `report.html` into the output folder.
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineReport> {
  const { train, test, seed, outDirectory, scope, signal } = options;
  const clock = new StageClock();
  const { name: backend } = await useBackend('wasm');
  const { teacher } = await readTeacher(options.teacherDirectory, options.taps ? { taps: options.taps } : {});
  const tasks = options.tasks ?? teacher.tasks;
  const reporter = createProgressReporter({ networks: ['common', ...tasks.map(({ name }) => name)] });
  const onProgress = reporter.onProgress;
  const shared = { onProgress, ...(signal && { signal }) };

  const checkpoints = new Map<string, CheckpointStore>();
  const checkpoint = (training: string) => {
    const store = fileCheckpoint(join(outDirectory, `checkpoint-${training}.safetensors`));
    checkpoints.set(training, store);
    return store;
  };
  const trained = await clock.run(
    'factorize',
    `1. Factorizing "${teacher.name}" into a common-knowledge network and ${tasks.length} factors (${backend})`,
    () =>
      factorize({
        teacher,
        data: train,
        tasks,
        common: options.common,
        specific: options.specific,
        epochs: options.epochs,
        batchSize: options.batchSize,
        seed,
        checkpoint,
        ...(options.stages && { stages: options.stages }),
        ...(options.code && { code: options.code }),
        ...(options.hidden && { hidden: options.hidden }),
        ...(options.commonObjective && { commonObjective: options.commonObjective }),
        ...(options.objective && { objective: options.objective }),
        ...(options.optimizer && { optimizer: options.optimizer }),
        ...shared,
      }),
  );
  const evaluation = await clock.run('evaluate', `2. Evaluating on ${test.size} held-out pictures`, () =>
    evaluateFactorization({
      teacher,
      common: trained.common,
      factors: trained.factors,
      data: test,
      seed,
      ...shared,
    }),
  );
  const which = options.baselines ?? ['shared-trunk'];
  const baselinesDirectory = join(outDirectory, 'baselines');
  const baselines = await clock.run(
    'baselines',
    `3. Training what it stands beside on the same pictures: ${which.join(', ') || 'nothing'}`,
    () =>
      measureBaselines({
        which,
        teacher,
        networks: trained,
        backbone: options.common,
        train,
        test,
        epochs: options.epochs,
        batchSize: options.batchSize,
        seed,
        checkpoint: (network) => fileCheckpoint(join(baselinesDirectory, `${network}.safetensors`)),
        ...(options.optimizer && { optimizer: options.optimizer }),
        ...shared,
      }),
  );
  reporter.stop();
  const factors = withReports(trained.factors, evaluation, test);
  const networks = { common: trained.common, factors };

  const packed = await clock.run('pack', '4. Packing npm packages', async () => {
    const directory = join(outDirectory, 'packages');
    await rm(directory, { recursive: true, force: true });
    const probes = await probesFrom(test, teacher.input, { seed });
    const nameOf = (part: string) => `${scope}/${part}`;
    const request = { directory, nameOf, probes };
    return packTarballs(await packFactorization(networks, request), directory);
  });
  const [last, ...others] = Object.keys(factors).reverse() as [string, ...string[]];
  const first = others.reverse();
  const tarballs = await mkdtemp(join(tmpdir(), 'factornet-tarballs-'));
  let consumer: ConsumerProject | undefined;
  try {
    const pictures = await test.read(Int32Array.from({ length: test.size }, (_, index) => index));
    consumer = await createConsumerProject(pictures.images);
    const [common, ...ofTasks] = packed as [PackedFolder, ...PackedFolder[]];
    const packagesOf = (tasks: readonly string[]) =>
      tasks.map((task) => ofTasks[Object.keys(factors).indexOf(task)] as PackedFolder);
    const namesOf = (tasks: readonly string[]) => packagesOf(tasks).map(({ name }) => name);
    const filesOf = (tasks: readonly string[]) => packagesOf(tasks).map(({ tarball }) => tarball);
    const project = consumer;
    await clock.run(
      'install',
      `5. Installing the assembler, ${common.name} and ${namesOf(first).join(', ')} with npm in ${project.directory}`,
      async () => {
        const ours = await packWorkspacePackages(['spec', 'core', 'assembler'], tarballs);
        await project.install(...ours, ...tensorflow, common.tarball, ...filesOf(first));
      },
    );
    const partial = await clock.run('assemble', `   Assembling ${first.join(' + ')}`, () =>
      project.assemble(common.name, namesOf(first)),
    );
    const before = await checkOutputs(partial, networks, test);
    const complete = await clock.run('add', `6. Adding ${last}, without any training`, async () => {
      await project.install(...filesOf([last]));
      return project.assemble(common.name, namesOf([...first, last]));
    });
    const { examples, joint: _, ...after } = await checkOutputs(complete, networks, test);
    const joint = complete.joint && (await measureJoint(complete.joint, teacher, test, { seed }));
    const report: PipelineReport = {
      title: options.title,
      ...evaluation,
      assembly: {
        ...after,
        maxAbsoluteDifference: Math.max(before.maxAbsoluteDifference, after.maxAbsoluteDifference),
        commonEvaluationsPerInput: Math.max(
          partial.commonEvaluationsPerInput,
          complete.commonEvaluationsPerInput,
        ),
      },
      findings: [...trained.findings.filter(isOfTraining), ...evaluation.findings],
      informationPerDimension: trained.informationPerDimension,
      joint: joint === undefined ? [] : [joint],
      baselines,
      bytes: sizesOf('bytes'),
      parameters: sizesOf('parameters'),
      seconds: clock.seconds,
      backend,
      seed,
      history: trained.history,
      examples,
    };
    for (const store of checkpoints.values()) await store.clear();
    await rm(baselinesDirectory, { recursive: true, force: true });
    await writeJson(join(outDirectory, 'report.json'), report);
    await writeText(join(outDirectory, 'report.html'), await renderReport(report));
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : renderFigures(report));
    process.stderr.write(`\nReport: ${join(outDirectory, 'report.html')}\n`);
    return report;

    function renderFigures(figures: PipelineReport): string {
      const together = figures.joint.map((each) => `${explainJoint(each)}\n`).join('');
      const findings = explainFindings(figures.findings).map((text) => `${text}\n`);
      return `\n${renderAccuracyTable(figures)}\n${renderBaselineTable(figures)}\n${renderCalibrationTable(figures)}\n${renderInformationTable(figures)}\n${together}${findings.join('')}`;
    }

    function sizesOf(what: 'bytes' | 'parameters'): Record<string, number> {
      return Object.fromEntries(packed.map((one) => [one.name, one[what]]));
    }
  } finally {
    await rm(tarballs, { recursive: true, force: true });
    if (!options.keep) await consumer?.remove();
    disposeFactorization(trained);
    teacher.dispose();
  }
}
