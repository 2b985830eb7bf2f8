export { type BackboneOption, type NamedBackbone, namedBackbones } from './named-backbones';
