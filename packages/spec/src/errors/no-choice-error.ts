import { list } from './display';
import { errorClass } from './error-class';

export interface NoChoiceErrorFields {
  tasks: readonly string[];
  /** What stands in the way, one line each. */
  reasons: readonly string[];
}

/** No set of published packages does all that is asked for. */
export const NoChoiceError = /* @__PURE__ */ errorClass<NoChoiceErrorFields>('no-choice', (fields) => {
  const reasons = fields.reasons.map((reason) => `  - ${reason}`).join('\n');
  return `No candidates together do ${list(fields.tasks)} as asked for:\n${reasons}`;
});
export type NoChoiceError = InstanceType<typeof NoChoiceError>;
