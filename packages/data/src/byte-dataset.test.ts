import { describeDataset } from './conformance';
import { cached, classSubsets, shapes, subset } from './index';

const makeShapes = () => shapes({ size: 12, seed: 3, imageSize: 24 });

describeDataset('shapes', makeShapes);
describeDataset('subset', () => subset(makeShapes(), [5, 5, 0, 11]));
describeDataset('cached', () => cached(makeShapes()));
describeDataset('classSubsets', () =>
  classSubsets(makeShapes(), 'shape', {
    round: ['circle', 'star'],
    straight: ['cross', 'square', 'triangle'],
  }),
);
