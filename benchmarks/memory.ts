import { largestBatch } from '@factornet/factorizer';
import { type Backbone, convolutional, mobileNetV2, residual } from '@factornet/zoo';

/** The largest batch of a training step that fits on one WASM heap, by network and size of the pictures: `pnpm bench:memory`. */
const networks: readonly (readonly [string, Backbone, readonly number[]])[] = [
  ['`convolutional({ filters: [16, 32, 64] })`', convolutional({ filters: [16, 32, 64] }), [32, 64, 224]],
  ['ResNet-20', residual({ filters: [16, 32, 64], blocksPerStage: 3 }), [32, 64, 224]],
  ['ResNet-18 (CIFAR stem)', residual({ filters: [64, 128, 256, 512], blocksPerStage: 2 }), [32, 64, 224]],
  [
    'MobileNetV2 ×1, strides for 32×32',
    mobileNetV2({ stemStride: 1, strides: [1, 1, 2, 2, 1, 2, 1] }),
    [32, 64, 224],
  ],
  ['MobileNetV2 ×1', mobileNetV2({}), [32, 64, 224]],
  ['MobileNetV2 ×0.5', mobileNetV2({ width: 0.5 }), [32, 64, 224]],
];

const rows = networks.map(([label, backbone, sizes]) => {
  const batches = sizes.map((size) => {
    const network = backbone.create({
      inputShape: [size, size, 3],
      seed: 1,
      name: `${backbone.name}-${label.length}-${size}`,
    });
    const batch = Math.max(0, largestBatch([network]));
    network.dispose();
    return batch;
  });
  return `| ${[label, ...batches].join(' | ')} |`;
});
console.log(['| network | 32×32 | 64×64 | 224×224 |', '| --- | --: | --: | --: |', ...rows].join('\n'));
