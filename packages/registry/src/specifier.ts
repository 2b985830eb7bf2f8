export { packageForms, parseSpecifier, type Specifier } from './packages/parse-specifier';
