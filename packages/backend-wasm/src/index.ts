import { registerTrainingKernels } from './register-training-kernels';

registerTrainingKernels();

export { registerTrainingKernels, unregisterTrainingKernels } from './register-training-kernels';
export { WindowShapeError, type WindowShapeErrorFields } from './window-shape-error';
