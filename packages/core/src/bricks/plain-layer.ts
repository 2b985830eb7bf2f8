/** A layer of TensorFlow.js without weights, as a model's file has it. */
export interface PlainLayer {
  readonly className: string;
  /** Keys in snake_case, without the layer's name. */
  readonly config: Readonly<Record<string, unknown>>;
}
