import {
  type CriticEstimator,
  club,
  clubSample,
  discretePlugIn,
  donskerVaradhan,
  gaussianCopula,
  histogram,
  infoNCE,
  interpolated,
  jensenShannon,
  ksg,
  type LabelledSampleEstimator,
  learnedBaseline,
  leaveOneOut,
  mine,
  nwj,
  ross,
  type SampleEstimator,
  smile,
  tuba,
  vClub,
} from '@factornet/mi';
import {
  aNumber,
  numbers,
  oneOf,
  type PlugInKind,
  plugInKind,
  trueOrFalse,
} from '../../options/plug-in-table';

/** What `factornet mi` can estimate with. */
export type CommandEstimator = CriticEstimator | SampleEstimator | LabelledSampleEstimator;

const norm = oneOf('max', 'euclidean');
const neighbours = {
  norm,
  clamp: trueOrFalse,
  standardise: trueOrFalse,
  'maximum-duplicates': aNumber,
} as const;
const pairs = oneOf('all', 'off-diagonal');
/** Of a bound with a baseline: trained with the critic, or the constant e. */
const baseline = oneOf('learned', 'constant');

function learned(choice: 'learned' | 'constant' = 'learned') {
  return choice === 'learned' ? { baseline: learnedBaseline() } : {};
}

/** Estimators by their names on the command line, as the field writes them, lower bounds first. */
export const estimatorKinds: Readonly<Record<string, PlugInKind<CommandEstimator>>> = {
  dv: plugInKind(['donsker-varadhan'], {}, () => donskerVaradhan()),
  mine: plugInKind(
    [],
    { rate: aNumber, 'drift-penalty': aNumber },
    ({ rate, 'drift-penalty': driftPenalty }) =>
      mine({ ...(rate !== undefined && { rate }), ...(driftPenalty !== undefined && { driftPenalty }) }),
  ),
  nwj: plugInKind([], {}, () => nwj()),
  tuba: plugInKind([], { baseline }, ({ baseline }) => tuba(learned(baseline))),
  jsd: plugInKind(
    ['jensen-shannon'],
    { reading: oneOf('nwj', 'donsker-varadhan', 'smile', 'reference'), tau: aNumber },
    ({ reading, ...options }) =>
      jensenShannon({
        ...options,
        ...(reading !== undefined && {
          reading: reading === 'donsker-varadhan' ? 'donskerVaradhan' : reading,
        }),
      }),
  ),
  infonce: plugInKind(['cpc'], { axis: oneOf('x', 'y', 'both') }, infoNCE),
  interpolated: plugInKind([], { alpha: aNumber, baseline }, ({ alpha = 0.01, baseline }) =>
    interpolated({ alpha, ...learned(baseline) }),
  ),
  smile: plugInKind([], { tau: aNumber }, smile),
  club: plugInKind([], { pairs }, club),
  clubsample: plugInKind([], { seed: aNumber }, clubSample),
  vclub: plugInKind([], { pairs }, vClub),
  l1out: plugInKind(['leave-one-out'], {}, () => leaveOneOut()),
  ksg: plugInKind(
    [],
    { k: numbers, type: oneOf(1, 2), ...neighbours },
    ({ 'maximum-duplicates': maximumDuplicates, ...options }) =>
      ksg({ ...options, ...(maximumDuplicates !== undefined && { maximumDuplicates }) }),
  ),
  ross: plugInKind(
    [],
    { k: aNumber, ...neighbours },
    ({ 'maximum-duplicates': maximumDuplicates, ...options }) =>
      ross({ ...options, ...(maximumDuplicates !== undefined && { maximumDuplicates }) }),
  ),
  'gaussian-copula': plugInKind(
    ['gcmi'],
    { 'correct-bias': trueOrFalse },
    ({ 'correct-bias': correctBias }) => gaussianCopula(correctBias === undefined ? {} : { correctBias }),
  ),
  histogram: plugInKind([], { bins: aNumber }, histogram),
  'plug-in': plugInKind(['discrete-plug-in'], { correction: oneOf('none', 'miller-madow') }, discretePlugIn),
};
