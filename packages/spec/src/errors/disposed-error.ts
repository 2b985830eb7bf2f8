import { errorClass } from './error-class';

export interface DisposedErrorFields {
  what: string;
}

/** Something was used after its `dispose()`. */
export const DisposedError = /* @__PURE__ */ errorClass<DisposedErrorFields>(
  'disposed',
  (fields) => `This ${fields.what} was disposed; it can no longer be used.`,
);
export type DisposedError = InstanceType<typeof DisposedError>;
