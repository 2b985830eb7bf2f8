// A process of its own: verdaccio's loggers and plugins stay out of the tests, and ending it frees everything.
import { runServer } from 'verdaccio';

const server = await runServer(process.argv[2]);
server.on('error', (error) => {
  console.error(error);
  process.exit(1);
});
// Port 0 lets the system choose, so that tests side by side never meet.
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit(0));
