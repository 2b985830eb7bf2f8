// The packages of knowledge that the READMEs import. Nobody published them.
declare module '@scope/ckn' {
  const description: import('@factornet/spec').CommonPackage;
  export default description;
}
declare module '@scope/shape' {
  export { shape as default } from '@factornet/example-readmes/packaged';
}
declare module '@scope/object-hue' {
  export { hue as default } from '@factornet/example-readmes/packaged';
}
declare module '@me/shapes-common' {
  export { default } from '@scope/ckn';
}
declare module '@me/shapes-shape' {
  export { shape as default } from '@factornet/example-readmes/packaged';
}
declare module '@me/shapes-size' {
  export { size as default } from '@factornet/example-readmes/packaged';
}
