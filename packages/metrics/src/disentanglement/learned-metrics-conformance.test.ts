import { describeMetric } from '../conformance';
import { betaVAE } from './beta-vae';
import { explicitness } from './explicitness';
import { factorVAE } from './factor-vae';

describeMetric('factorVAE', factorVAE({ trainVotes: 60, testVotes: 40 }), { rows: 60 });
describeMetric('factorVAE, threshold 0', factorVAE({ trainVotes: 60, testVotes: 40, threshold: 0 }), {
  rows: 60,
  sampler: false,
});
describeMetric('betaVAE', betaVAE({ batchSize: 16, trainBatches: 100, testBatches: 50 }), { rows: 60 });
describeMetric('explicitness', explicitness(), { rows: 60, orderTolerance: 1e-3, sampler: false });
