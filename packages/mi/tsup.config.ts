import { library } from '../../scripts/tsup-library';

export default library(['src/index.ts', 'src/benchmark.ts', 'src/conformance.ts']);
