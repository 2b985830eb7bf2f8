import type { InputDescription, TaskDescription } from '@factornet/spec';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

/** What a teacher says about a batch of pictures. */
export interface TeacherOutput {
  /** Per tap, as it is: maps `[batch, height, width, channels]`, or `[batch, features]` where there are no positions. */
  readonly features: Readonly<Record<string, Tensor>>;
  /** Per task: of a classification `[batch, classes]`; logits, not the probabilities that softmax makes of them. */
  readonly logits: Readonly<Record<string, Tensor>>;
}

/**
 * A pretrained network, frozen: a plug-in, made by a factory such as `layersTeacher(…)`. It answers asynchronously, so it
 * may run elsewhere: in another runtime, thread or process.
 */
export interface Teacher {
  readonly name: string;
  readonly input: InputDescription;
  readonly tasks: readonly TaskDescription[];
  /** Names of the places where features are read. */
  readonly taps: readonly string[];
  /** What each tap gives for one picture: `[height, width, channels]` or `[features]`. */
  readonly tapShapes: Readonly<Record<string, readonly number[]>>;
  /** What whoever uses it should know, a sentence each: that its outputs were no logits. */
  readonly notes?: readonly string[];
  /** `sha512-…` of its topology and weights. */
  readonly digest: string;
  /**
   * Evaluates pictures `[batch, height, width, channels]` with values in [0, 1]. Inference only: never
   * changes a weight or a BatchNorm statistic. The caller keeps `images` until it has answered, and disposes of all
   * tensors.
   *
   * @throws ShapeMismatchError for pictures of another shape
   */
  evaluate(images: Tensor4D): Promise<TeacherOutput>;
  dispose(): void;
}
