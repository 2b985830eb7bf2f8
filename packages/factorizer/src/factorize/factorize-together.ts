import type { FactorNetwork } from '@factornet/core';
import { withTemperatures } from '../calibration/with-temperatures';
import { diagnoseRun, withFindings } from '../diagnosis/diagnose-run';
import { createCommonPart, frozenCommonPart } from '../networks/common-part';
import { createFactorPart } from '../networks/factor-part';
import { codeFor } from './complete-options';
import { descriptionOfCommon, factorNetworkOf, provenanceOf } from './descriptions';
import type { Factorization } from './factorization';
import { calibrationOf, type FactorizeRequest } from './factorize-request';
import { isStop } from './is-stop';
import { together } from './recipes';
import { type TrainedNetworks, trainNetworks } from './train-networks';

/** Trains the common network and all factors at once, on one objective: the paper's way. */
export async function factorizeTogether(request: FactorizeRequest): Promise<Factorization> {
  const { given, options, tasks, inputs, teacher } = request;
  const { input } = teacher;
  const { seed, fusion } = options;
  const common = createCommonPart(given.common, { input, seed, maps: given.maps });
  const factors = tasks.map(({ task, kind }) =>
    createFactorPart(
      task,
      kind,
      typeof given.specific === 'function' ? given.specific(task) : given.specific,
      { code: codeFor(task, kind, options, together), fusion, hidden: options.hidden },
      common,
      { input, seed },
    ),
  );
  const finish = async (trained: TrainedNetworks): Promise<Factorization> => {
    const provenance = provenanceOf({ teacher, data: given.data.name, terms: trained.terms, seed });
    const description = await descriptionOfCommon(common, given.common, input, provenance);
    const described = factors.map((factor): [string, FactorNetwork] => [
      factor.task.name,
      factorNetworkOf(factor, description.representation, provenance, trained.logitScales[factor.task.name]),
    ]);
    return {
      common: { kind: 'common', description, network: common.network },
      factors: Object.fromEntries(described),
      history: trained.history,
      findings: [],
      informationPerDimension: trained.informationPerDimension,
    };
  };
  try {
    const trained = await trainNetworks({
      ...{ operation: 'factorize', inputs, input, common, tasks, factors, options },
      objective: options.objective,
      checkpoint: given.checkpoint?.('together'),
    });
    const made = await withTemperatures(await finish(trained), calibrationOf(request));
    return await diagnosed(made, trained, request);
  } catch (error) {
    if (given.onStopped !== undefined && isStop(error)) {
      const untrained = { history: [], informationPerDimension: {}, logitScales: {} };
      await given.onStopped(await finish({ terms: options.objective, ...untrained }), error);
    } else {
      common.network.dispose();
      for (const { specific, head } of factors) for (const network of [specific, head]) network.dispose();
    }
    throw error;
  }
}

/** With what is wrong, which the factors' reports say, too. */
async function diagnosed(
  made: Factorization,
  { terms }: TrainedNetworks,
  { inputs: { data }, options }: FactorizeRequest,
): Promise<Factorization> {
  const { common, factors, history } = made;
  const run = {
    common: frozenCommonPart(common),
    factors: Object.values(factors),
    history,
    terms,
    data,
    options,
  };
  const findings = await diagnoseRun(run);
  const reported = Object.entries(factors).map(([task, factor]) => [task, withFindings(factor, findings)]);
  return { ...made, factors: Object.fromEntries(reported), findings };
}
