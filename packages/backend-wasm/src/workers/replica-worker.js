// For sources alone (tests, tsx): Node's worker threads read no TypeScript. The build puts run-replica.ts in this
// file's place, as dist/replica-worker.js.
import { register } from 'tsx/esm/api';

register();
await import('./run-replica.ts');
