import { library } from '../../scripts/tsup-library';

export default library({
  index: 'src/index.ts',
  workers: 'src/workers.ts',
  'replica-worker': 'src/workers/run-replica.ts',
});
