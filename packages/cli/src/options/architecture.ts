/** Names of the zoo's backbones that the command knows. Made when a command runs, since the zoo brings TensorFlow.js along. */
export type Architecture = 'convolutional' | 'residual';
export type Pooling = 'average' | 'flatten';

export const poolings: readonly Pooling[] = ['average', 'flatten'];
