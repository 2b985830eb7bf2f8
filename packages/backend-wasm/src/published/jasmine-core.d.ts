declare module 'jasmine-core' {
  interface Environment {
    configure(options: { random: boolean; forbidDuplicateNames: boolean }): void;
    addReporter(reporter: object): void;
  }
  const jasmineCore: {
    installGlobals(target: object): void;
    globals: { jasmine: { getEnv(): Environment } };
  };
  export default jasmineCore;
}
