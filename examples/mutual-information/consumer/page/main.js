import './wasm-paths.js';
import { measureInformation, measureMetrics } from '../measure.js';

// A test asks again, on another backend.
globalThis.measureInformation = measureInformation;
const information = await measureInformation('wasm');
const measured = { information, metrics: await measureMetrics() };
document.querySelector('pre').textContent = JSON.stringify(measured, null, 2);
