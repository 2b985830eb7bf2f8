export type { Backbone, BackboneRequest } from './backbone';
export { type ConvolutionalOptions, convolutional } from './backbones/convolutional';
export { type MobileNetV2Options, mobileNetV2 } from './backbones/mobile-net-v2';
export { type ResidualOptions, residual } from './backbones/residual';
export { countMultiplyAdds } from './counts/count-multiply-adds';
export { countParameters } from './counts/count-parameters';
export { type StochasticEncoderOptions, stochasticEncoder } from './encoders/stochastic-encoder';
export { type ClassificationHeadOptions, classificationHead } from './heads/classification-head';
export { type MultiTaskClassifierOptions, multiTaskClassifier } from './heads/multi-task-classifier';
