#!/usr/bin/env node
import { run } from './run';

// Whoever reads has read enough (`| head`): no reason to stop work, and none for a stack.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
process.exitCode = await run(process.argv.slice(2), process);
