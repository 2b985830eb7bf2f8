// node node.js <backend> <file for the result>
import { writeFile } from 'node:fs/promises';
import { measure } from './measure.js';

const [backend = 'wasm', file] = process.argv.slice(2);
const measured = JSON.stringify(await measure(backend), null, 2);
if (file === undefined) console.log(measured);
else await writeFile(file, measured);
