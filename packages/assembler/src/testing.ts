export { type Answer, type StaticServer, serveFolder } from './testing/static-server';
