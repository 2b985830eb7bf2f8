import { importModule } from './optional-import';

/** Puts Dawn at `navigator.gpu`, unless there is one, and returns what takes it away again. */
export async function provideNodeGpu(): Promise<() => void> {
  if ((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu !== undefined) return () => {};
  const dawn = (await importModule('webgpu')) as { create(flags: string[]): unknown; globals: object };
  Object.assign(globalThis, dawn.globals);
  const gpu = { value: dawn.create([]), configurable: true };
  // Node has a navigator from version 21 on; its own members must stay.
  if (globalThis.navigator !== undefined) {
    Object.defineProperty(globalThis.navigator, 'gpu', gpu);
    return () => Reflect.deleteProperty(globalThis.navigator, 'gpu');
  }
  const navigator = { value: Object.defineProperty({}, 'gpu', gpu), configurable: true };
  Object.defineProperty(globalThis, 'navigator', navigator);
  return () => Reflect.deleteProperty(globalThis, 'navigator');
}
