/** The packages that the story is about. */
export const common = '@knowledge/shapes-common';
export const shape = '@knowledge/shapes-shape';
export const objectHue = '@knowledge/shapes-object-hue';
export const size = '@knowledge/shapes-size';
export const backgroundHue = '@knowledge/shapes-background-hue';
export const three = [shape, objectHue, size] as const;
export const four = [...three, backgroundHue] as const;

/** What an application needs beside knowledge. */
export const libraries = [
  '@factornet/assembler',
  '@factornet/core',
  '@tensorflow/tfjs@^4.22.0',
  '@tensorflow/tfjs-backend-wasm@^4.22.0',
] as const;
