// Compiles assembly/ (AssemblyScript) into src/module/kernel-bytes.ts. Run after every change to assembly/:
// a test compares the two. The result is committed, so that sources run without a build step.
import { writeFileSync } from 'node:fs';
import { compileKernels, kernelSource } from './compile-kernels';

writeFileSync(
  new URL('../src/module/kernel-bytes.ts', import.meta.url),
  kernelSource(await compileKernels()),
);
