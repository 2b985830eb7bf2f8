import type { BackendDiagnosis } from './diagnose-backend';

export interface Findings {
  readonly node: string;
  readonly npm: string | null;
  readonly backends: readonly BackendDiagnosis[];
}

/** What to install or change, most useful first; nothing where all is well. */
export function adviceFor({ node, npm, backends }: Findings): string[] {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const find = (name: string) => backends.find((backend) => backend.name === name);
  const advice: string[] = [];
  if (major < 20 || (major === 20 && minor < 19)) {
    advice.push(`Node ${node} is too old: factornet needs Node 20.19 or later.`);
  }
  const wasm = find('wasm');
  if (wasm?.runs && !wasm.trains) {
    advice.push('WASM has no training kernels: npm install @factornet/backend-wasm to train on it.');
  }
  if (wasm?.runs === false) {
    advice.push('WASM does not run: npm install @tensorflow/tfjs-backend-wasm @factornet/backend-wasm.');
  }
  if (find('tensorflow')?.runs === false && major < 23) {
    advice.push('For native speed and CUDA: npm install @tensorflow/tfjs-node-gpu (or tfjs-node).');
  }
  if (find('webgpu')?.runs === false) {
    advice.push('For a GPU through WebGPU: npm install @tensorflow/tfjs-backend-webgpu webgpu.');
  }
  if (npm === null) advice.push('npm was not found: `factornet pack` needs it to make tarballs.');
  return advice;
}
