import { library } from '../../scripts/tsup-library';

export default library([
  'src/index.ts',
  'src/training.ts',
  'src/samples.ts',
  'src/probes.ts',
  'src/node.ts',
  'src/native.ts',
  'src/conformance.ts',
  'src/testing.ts',
]);
