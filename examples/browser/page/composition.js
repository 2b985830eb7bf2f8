// What is composed: the same in a page built by Vite, in one built by webpack, and in Node.
import { assemble } from '@factornet/assembler';
import backgroundHue from '@quickstart/background-hue';
import common from '@quickstart/common';
import objectHue from '@quickstart/object-hue';
import shape from '@quickstart/shape';
import size from '@quickstart/size';

export const pictureShape = common.manifest.input.shape;

/** Four factors share one copy of the common-knowledge network. */
export const compose = () => assemble(common, [shape, objectHue, size, backgroundHue]);

/** Another network of the same parts; its files are in the browser's cache by then. */
export const composeHues = () => assemble(common, [objectHue, backgroundHue]);
