import { type CommonNetwork, disposeBrick, type FactorNetwork } from '@factornet/core';
import { inParallel, throwIfCancelled } from '@factornet/core/internal';
import { InvalidOptionError, PICTURE } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { withTemperatures } from '../calibration/with-temperatures';
import type { Finding } from '../diagnosis/finding';
import { isBackbone, type SpecificBackbones } from '../networks/factor-part';
import { freezeCommon } from '../networks/freeze-common';
import { usualMap } from '../networks/usual-map';
import type { EpochRecord } from '../training/progress';
import { trainingsAtOnce } from '../training/worker-gradients';
import type { Factorization } from './factorization';
import { calibrationOf, type FactorizeRequest } from './factorize-request';
import { isStop } from './is-stop';
import { nameNetwork } from './name-network';
import type { RunTask } from './prepare-step';
import { trainCommon } from './train-common';
import { trainOneFactor } from './train-one-factor';

/**
 * Trains the common network by itself, freezes it, and trains each factor on it as `trainFactor` does. What the frozen
 * network offers of every picture is computed once for all of them. With `workers`, as many factors are trained at a time, each
 * with its networks on a thread of its own: to the same bits.
 */
export async function factorizeInStages(request: FactorizeRequest): Promise<Factorization> {
  const { given, options, tasks, inputs } = request;
  const specifics = tasks.map(({ task }) =>
    typeof given.specific === 'function' ? given.specific(task) : given.specific,
  );
  const maps = mapsFor(given.common, specifics, given.maps);
  const history: EpochRecord[] = [];
  const factors: FactorNetwork[] = [];
  const findings: Finding[] = [];
  const informationPerDimension: Record<string, readonly number[]> = {};
  let common: CommonNetwork | undefined;
  const factorization = (of: CommonNetwork): Factorization => ({
    common: of,
    factors: Object.fromEntries(factors.map((factor) => [factor.description.task.name, factor])),
    history,
    findings,
    informationPerDimension,
  });
  const record = (network: string, epochs: readonly EpochRecord[]) =>
    history.push(...epochs.map((epoch) => ({ ...epoch, network })));
  try {
    const trained = await trainCommon(request, maps, (partial) => {
      common = partial;
    });
    common = trained.common;
    record('common', trained.history);
    findings.push(...trained.findings);
    const { teacherCacheBytes: bytes, onProgress, signal } = options;
    const frozen = await freezeCommon(common, inputs.data, { bytes, onProgress, signal });
    const atOnce = await trainingsAtOnce(options.workers, tasks.length);
    const train = async ({ task, kind }: RunTask, index: number) => {
      throwIfCancelled('factorize', signal);
      return trainOneFactor({
        ...{ common: frozen, task, kind, inputs },
        specific: specifics[index] as SpecificBackbones,
        options: nameNetwork(options, task.name),
        checkpoint: given.checkpoint?.(`factor-${task.name}`),
        apart: atOnce > 1,
        onStopped: given.onStopped && ((partial) => void factors.push(partial)),
      }).then((one) => {
        factors.push(one.factor);
        return one;
      });
    };
    const all = await inParallel(tasks, train, { concurrency: atOnce });
    factors.splice(0, factors.length, ...all.map(({ factor }) => factor));
    for (const { factor, history: epochs, findings: found, informationPerDimension: nats } of all) {
      record(factor.description.task.name, epochs);
      findings.push(...found);
      Object.assign(informationPerDimension, nats);
    }
    return await withTemperatures(factorization(common), calibrationOf(request));
  } catch (error) {
    if (given.onStopped !== undefined && common !== undefined && isStop(error)) {
      await given.onStopped(factorization(common), error);
    } else {
      for (const brick of [...(common ? [common] : []), ...factors]) disposeBrick(brick);
    }
    throw error;
  }
}

/**
 * What the common network offers: what is asked for, else the usual map and what factors are to read.
 *
 * @throws InvalidOptionError for a map that is not there, before anything is trained
 */
function mapsFor(
  { maps }: Backbone,
  specifics: readonly SpecificBackbones[],
  asked: readonly string[] | undefined,
): readonly string[] {
  const all = maps.map(({ name }) => name);
  const named = specifics.flatMap((specific) => (isBackbone(specific) ? [] : Object.keys(specific)));
  checkNames('maps', asked ?? [], all);
  checkNames('specific', named, [PICTURE, ...(asked ?? all)]);
  const usual = usualMap(maps)?.name;
  return asked ?? all.filter((name) => name === usual || named.includes(name));
}

function checkNames(option: string, names: readonly string[], known: readonly string[]): void {
  const received = names.find((name) => !known.includes(name));
  if (received === undefined) return;
  const expected = `for what the common network offers: ${known.join(', ') || 'it has no maps'}`;
  throw new InvalidOptionError({ option, expected, received });
}
