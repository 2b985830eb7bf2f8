import './wasm-paths.js';
import { measure } from '../measure.js';

// A test asks again, on other backends.
globalThis.measure = measure;
document.querySelector('pre').textContent = JSON.stringify(await measure('wasm'), null, 2);
