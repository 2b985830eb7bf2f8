/** A Layers model as the two files that hold it. */
export interface ModelBytes {
  readonly topology: Uint8Array<ArrayBuffer>;
  readonly weights: Uint8Array<ArrayBuffer>;
}
