import { describeMetric } from '../conformance';
import { codeInformation } from './code-information';
import { irs } from './irs';
import { mig, migOverCeiling } from './mig';
import { modularity } from './modularity';
import { sap } from './sap';
import { gaussianTotalCorrelation } from './total-correlation';
import { wassersteinCorrelation } from './wasserstein-correlation';

describeMetric('mig', mig());
describeMetric('migOverCeiling', migOverCeiling());
describeMetric('sap, discrete', sap({ variant: 'discrete' }));
describeMetric('sap, continuous', sap({ variant: 'continuous' }));
describeMetric('modularity', modularity());
describeMetric('irs', irs());
describeMetric('gaussianTotalCorrelation', gaussianTotalCorrelation());
describeMetric('wassersteinCorrelation', wassersteinCorrelation());
describeMetric('wassersteinCorrelation, normalised', wassersteinCorrelation({ normalised: true }));
describeMetric('codeInformation', codeInformation());
