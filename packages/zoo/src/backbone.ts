import type { LayersModel } from '@tensorflow/tfjs';

export interface BackboneRequest {
  /** `[height, width, channels]` */
  readonly inputShape: readonly [number, number, number];
  /** Initial weights are a function of this seed alone. */
  readonly seed: number;
  /** Prefix of every layer name, so that networks can be joined and equal runs give equal files. */
  readonly name: string;
}

/** A map `[batch, height, width, channels]` within a backbone. */
export interface BackboneMap {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  /** The layer `${prefix}/${layer}`. */
  readonly layer: string;
}

/** A network from pictures to features: a plug-in, made by a factory such as `convolutional({ … })`. */
export interface Backbone {
  readonly name: string;
  /** JSON-serializable; with `name` it identifies the architecture in manifests. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Length of the feature vector. */
  readonly features: number;
  /**
   * Its maps, shallow to deep, one per resolution: what each is called, and the layer it comes from, without the prefix. Empty
   * for a backbone of vectors.
   */
  readonly maps: readonly BackboneMap[];
  /** A fresh model: pictures `[batch, height, width, channels]` to features `[batch, features]`. */
  create(request: BackboneRequest): LayersModel;
  /**
   * The same architecture with `factor` times the channels in every layer, rounded, for networks of equal size; a length of
   * the feature vector that was asked for stays. Absent where nothing can be widened.
   */
  widened?(factor: number): Backbone;
}
