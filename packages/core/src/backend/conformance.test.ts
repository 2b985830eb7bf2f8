import { describeBackendCandidate } from '../testing/describe-backend-candidate';
import { cpu, tensorflow, wasm, webgpu } from './candidates';

describeBackendCandidate('cpu', () => cpu());
describeBackendCandidate('wasm', () => wasm());
describeBackendCandidate('tensorflow', () => tensorflow());
describeBackendCandidate('webgpu', () => webgpu());
