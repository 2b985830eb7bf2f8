import { describeProbe } from '../conformance/describe-probe';
import { kernelProbe } from './kernel-probe';
import { linearProbe } from './linear-probe';

describeProbe('linearProbe', linearProbe());
describeProbe('kernelProbe', kernelProbe());
describeProbe('kernelProbe of few examples', kernelProbe({ examples: 30 }));
