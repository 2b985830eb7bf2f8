import jasmineCore from 'jasmine-core';

interface Spec {
  fullName: string;
  status: string;
  failedExpectations: { message: string }[];
}

/** Must be evaluated before the suites, which call `describe` on import. */
jasmineCore.installGlobals(globalThis);
const environment = jasmineCore.globals.jasmine.getEnv();
const specResults: { name: string; status: string; messages: string[] }[] = [];
Object.assign(globalThis, { specResults });
// Some suites of tfjs-core share a name; their specs rely on the order.
environment.configure({ random: false, forbidDuplicateNames: false });
environment.addReporter({
  specDone({ fullName, status, failedExpectations }: Spec) {
    const messages = failedExpectations.map(({ message }) => message.slice(0, 500));
    specResults.push({ name: fullName.replace(' wasm {} ', ' › '), status, messages });
  },
});
