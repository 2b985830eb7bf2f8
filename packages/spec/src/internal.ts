export { shellWord } from './errors/shell-word';
export { classesOf, softmax } from './kinds/classification/classification';
export { type TaskFacts, taskFacts } from './kinds/task-facts';
export { outputSize } from './kinds/task-kind';
export { kindOf } from './kinds/task-kinds';
export { describedFiles } from './manifest/described-files';
export { isPackageName, isVersion } from './manifest/primitives';
export { isRange } from './versions/satisfies-range';
