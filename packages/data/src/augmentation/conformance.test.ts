import { describeAugmentation } from '../conformance/describe-augmentation';
import { randomFlip } from './random-flip';
import { randomShift } from './random-shift';

describeAugmentation('randomFlip', () => randomFlip());
describeAugmentation('randomShift', () => randomShift());
