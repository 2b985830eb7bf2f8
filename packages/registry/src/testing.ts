export { startRegistry, type TestRegistry } from './testing/start-registry';
