export type { Backbone, BackboneRequest } from './backbone';
