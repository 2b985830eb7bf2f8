/** Specs of TensorFlow.js that do not pass on WASM, each with its reason. */
export interface KnownFailure {
  /** The whole name of one spec, `suite › spec`; or what all their messages say. */
  spec: string | { message: RegExp };
  /** How many specs it stands for. */
  count: number;
  reason: string;
}

export const knownFailures: KnownFailure[] = [
  {
    spec: { message: /Kernel 'Complex' not registered for backend 'wasm'/ },
    count: 115,
    reason:
      'complex64: BackendWasm keeps a tensor as one block of numbers and cannot read complex ones back ' +
      '(`typedArrayFromBuffer` throws "Unknown dtype complex64"); that is no kernel and cannot be replaced.',
  },
];

/** Specs that TensorFlow.js itself marks as pending (xit). */
export const pendingSpecs = 5;
