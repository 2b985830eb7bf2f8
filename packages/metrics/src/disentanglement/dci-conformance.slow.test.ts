import { describeMetric } from '../conformance';
import { dci } from './dci';

// Trees of a few examples tie often, and ties are broken at random.
describeMetric('dci', dci(), { rows: 60, orderTolerance: 0.1 });
