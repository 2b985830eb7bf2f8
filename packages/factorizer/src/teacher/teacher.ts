import type { InputDescription, TaskDescription } from '@factornet/spec';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';

/** What a teacher says about a batch of pictures. */
export interface TeacherOutput {
  /** Per tap, spatial positions averaged: `[batch, channels]`. */
  readonly features: Readonly<Record<string, Tensor2D>>;
  /** Per task: `[batch, classes]`; logits, not the probabilities that softmax makes of them. */
  readonly logits: Readonly<Record<string, Tensor2D>>;
}

/** A pretrained network, frozen: a plug-in, made by a factory such as `layersTeacher(…)`. */
export interface Teacher {
  readonly name: string;
  readonly input: InputDescription;
  readonly tasks: readonly TaskDescription[];
  /** Names of the places where features are read. */
  readonly taps: readonly string[];
  /** Channels per tap. */
  readonly tapFeatures: Readonly<Record<string, number>>;
  /** What whoever uses it should know, a sentence each: that its outputs were no logits. */
  readonly notes?: readonly string[];
  /** `sha512-…` of its topology and weights. */
  readonly digest: string;
  /**
   * Evaluates pictures `[batch, height, width, channels]` with values in [0, 1]. Inference only: never
   * changes a weight or a BatchNorm statistic. The caller disposes of the tensors.
   */
  evaluate(images: Tensor4D): TeacherOutput;
  dispose(): void;
}
