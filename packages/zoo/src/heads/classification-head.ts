import { input, type LayersModel, model } from '@tensorflow/tfjs';
import { dense } from '../backbones/blocks';
import { hiddenLayers } from './hidden-layers';

export interface ClassificationHeadOptions {
  readonly features: number;
  readonly classes: number;
  /** Units of ReLU layers before the logits. Default none: a linear head. */
  readonly hidden?: readonly number[];
  readonly seed: number;
  /** Prefix of every layer name. */
  readonly name: string;
}

/** A head from features `[batch, features]` to logits `[batch, classes]`, from the layer `${name}/logits`. */
export function classificationHead({
  features,
  classes,
  hidden = [],
  seed,
  name,
}: ClassificationHeadOptions): LayersModel {
  const inputs = input({ shape: [features], name: `${name}/input` });
  const last = hiddenLayers(inputs, { units: hidden, seed, name: `${name}/hidden` });
  return model({ name, inputs, outputs: dense(last, { name: `${name}/logits`, seed, units: classes }) });
}
