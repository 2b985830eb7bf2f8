// node node.js <backend> <file for the result>
import { writeFile } from 'node:fs/promises';
import { measureInformation, measureMetrics } from './measure.js';

const [backend = 'wasm', file] = process.argv.slice(2);
const information = await measureInformation(backend);
const measured = JSON.stringify({ information, metrics: await measureMetrics() }, null, 2);
if (file === undefined) console.log(measured);
else await writeFile(file, measured);
