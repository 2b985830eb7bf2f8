import { library } from '../../scripts/tsup-library';

export default library([
  'src/index.ts',
  'src/heap.ts',
  'src/training.ts',
  'src/publishing.ts',
  'src/lock.ts',
]);
