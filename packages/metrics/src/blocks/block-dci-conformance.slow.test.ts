import { describeMetric } from '../conformance';
import { blockDCI } from './block-dci';

// Codes in another order are other blocks, so that the value may be another.
describeMetric('blockDCI', blockDCI({ blocks: { left: [0, 2], right: [1] } }), {
  rows: 60,
  orderTolerance: 1,
  sampler: false,
});
