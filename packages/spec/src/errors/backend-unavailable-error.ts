import { errorClass } from './error-class';

export interface BackendUnavailableErrorFields {
  requested: string;
  /** One line per backend that was tried. */
  reasons: readonly string[];
}

/** No TensorFlow.js backend that was asked for can run here. */
export const BackendUnavailableError = /* @__PURE__ */ errorClass<BackendUnavailableErrorFields>(
  'backend-unavailable',
  (fields) =>
    `The TensorFlow.js backend "${fields.requested}" cannot run here:\n${fields.reasons.map((reason) => `  - ${reason}`).join('\n')}`,
);
export type BackendUnavailableError = InstanceType<typeof BackendUnavailableError>;
