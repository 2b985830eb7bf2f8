import { type Backbone, mobileNetV2, residual } from '@factornet/zoo';
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs';

const classes = 10;

export interface BenchmarkNetwork {
  readonly inputShape: readonly [number, number, number];
  create(): LayersModel;
}

/** The networks whose training steps are measured, all with a fully connected layer to ten logits. */
export const networks = {
  simpleConv: { inputShape: [64, 64, 3], create: simpleConv },
  resnet18: classifier(residual({ filters: [64, 128, 256, 512], blocksPerStage: 2 })),
  mobilenetV2: classifier(mobileNetV2({ width: 0.5, stemStride: 1, strides: [1, 1, 2, 2, 1, 2, 1] })),
} satisfies Record<string, BenchmarkNetwork>;

/** Six 4×4 convolutions of stride 2, ReLU. Initial weights follow from the layers' positions. */
function simpleConv(): LayersModel {
  const filters = [32, 32, 64, 128, 256, 256];
  return sequential({
    layers: [
      layers.inputLayer({ inputShape: [64, 64, 3] }),
      ...filters.map((count, position) =>
        layers.conv2d({
          filters: count,
          kernelSize: 4,
          strides: 2,
          padding: 'same',
          activation: 'relu',
          kernelInitializer: initializers.heNormal({ seed: position + 1 }),
        }),
      ),
      layers.flatten(),
      layers.dense({ units: classes, kernelInitializer: initializers.glorotNormal({ seed: 7 }) }),
    ],
  });
}

function classifier(backbone: Backbone): BenchmarkNetwork {
  const inputShape = [32, 32, 3] as const;
  return {
    inputShape,
    create: () =>
      sequential({
        layers: [
          backbone.create({ inputShape, seed: 1, name: backbone.name }),
          layers.dense({ units: classes, kernelInitializer: initializers.glorotNormal({ seed: 7 }) }),
        ],
      }),
  };
}
