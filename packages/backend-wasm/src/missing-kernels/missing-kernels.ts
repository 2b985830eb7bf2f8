const complex64 = { whyNot: 'complex64: the backend itself can neither write nor read complex tensors' };

/**
 * Every kernel that TensorFlow.js 4.22's CPU backend has and its WASM backend lacks, with what this package does
 * about it. The README's table is held to this one, and this one to the registries, by a test.
 */
export const missingKernels: Readonly<Record<string, 'provided' | { whyNot: string }>> = {
  Complex: complex64,
  ComplexAbs: complex64,
  Conv2DBackpropFilter: 'provided',
  DepthwiseConv2dNativeBackpropFilter: 'provided',
  DepthwiseConv2dNativeBackpropInput: 'provided',
  Draw: 'provided',
  Einsum: 'provided',
  FFT: complex64,
  IFFT: complex64,
  Imag: complex64,
  RaggedGather: 'provided',
  RaggedRange: 'provided',
  RaggedTensorToTensor: 'provided',
  Real: complex64,
  StaticRegexReplace: 'provided',
  UnsortedSegmentSum: 'provided',
};
