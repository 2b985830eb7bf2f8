/** A TensorFlow.js backend that may or may not run here: a plug-in for `useBackend`. */
export interface BackendCandidate {
  /** The name a user asks for it by. */
  readonly name: string;
  /**
   * Makes the backend current.
   *
   * @returns facts worth showing, e.g. `CUDA: yes`
   * @throws any error, whose message becomes the reason it was passed over
   */
  activate(): Promise<string>;
}
