export { activateTensorflow } from './backend/native-tensorflow';
export { provideNodeGpu } from './backend/node-gpu';
