const marker = Symbol.for('@factornet/backend-wasm/window-shape');

export interface WindowShapeErrorFields {
  /** The kernel's name, e.g. `MaxPool`. */
  kernelName: string;
  inputShape: readonly number[];
  /** Of the filter, or the size of a pooling window. */
  filterShape: readonly number[];
  /** What was expected and what came, without the shapes. */
  reason: string;
  /** What to do next, one sentence. */
  hint: string;
}

/** A convolution or pooling whose shapes or attributes leave no output. Nothing was computed. */
export class WindowShapeError extends Error {
  readonly code = 'window-shape';
  readonly kernelName: string;
  readonly inputShape: readonly number[];
  readonly filterShape: readonly number[];
  readonly hint: string;
  readonly [marker] = true;

  constructor({ kernelName, inputShape, filterShape, reason, hint }: WindowShapeErrorFields) {
    super(
      `${kernelName} on the wasm backend: ${reason}, for input [${inputShape}] and filter [${filterShape}].\n${hint}`,
    );
    this.name = 'WindowShapeError';
    this.kernelName = kernelName;
    this.inputShape = inputShape;
    this.filterShape = filterShape;
    this.hint = hint;
  }

  /** Works across duplicate copies of this package, where `instanceof` does not. */
  static isInstance(error: unknown): error is WindowShapeError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
