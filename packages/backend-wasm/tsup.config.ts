import { library } from '../../scripts/tsup-library';

export default library({ 'replica-worker': 'src/workers/run-replica.ts' });
