import { describeLabelledSampleEstimator } from '../conformance/describe-labelled-sample-estimator';
import { describeSampleEstimator } from '../conformance/describe-sample-estimator';
import { fixtureColumns } from '../testing/sample-fixture';
import { discretePlugIn } from './discrete-plug-in';
import { gaussianCopula } from './gaussian-copula';
import { histogram } from './histogram';
import { ksg } from './ksg';
import { ross } from './ross';

const columns = { x: fixtureColumns('x0', 'x1'), y: fixtureColumns('y0', 'y1') };
/** Levels in place of numbers. */
const levels = {
  x: { ...columns.x, data: columns.x.data.map(Math.round) },
  y: { ...columns.y, data: columns.y.data.map((value) => Math.round(value / 10)) },
};

describeSampleEstimator('ksg', ksg());
describeSampleEstimator('ksg of several neighbours', ksg({ k: [5, 10], norm: 'euclidean', clamp: true }));
describeSampleEstimator('ksg of two columns', ksg({ norm: 'euclidean' }), { samples: columns });
describeSampleEstimator('ksg of type 2', ksg({ type: 2 }), { samples: columns });
describeSampleEstimator('histogram', histogram());
describeSampleEstimator('gaussianCopula', gaussianCopula(), { samples: columns });
describeSampleEstimator('discretePlugIn', discretePlugIn(), { samples: levels });
describeSampleEstimator('discretePlugIn, corrected', discretePlugIn({ correction: 'miller-madow' }), {
  samples: levels,
});
describeLabelledSampleEstimator('ross', ross());
describeLabelledSampleEstimator('ross, clamped', ross({ k: 5, norm: 'euclidean', clamp: true }));
