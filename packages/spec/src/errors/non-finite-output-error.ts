import { errorClass } from './error-class';

export interface NonFiniteOutputErrorFields {
  /** The network: `name@version`, or words. */
  source: string;
  /** Position of the first such picture, or what it is called. */
  picture: number | string;
}

/** A network answers NaN or an infinite number: it overflowed, and names no class. */
export const NonFiniteOutputError = /* @__PURE__ */ errorClass<NonFiniteOutputErrorFields>(
  'non-finite-output',
  (fields) =>
    `${fields.source} answers NaN or an infinite number to picture ${fields.picture}, and so names no class.`,
);
export type NonFiniteOutputError = InstanceType<typeof NonFiniteOutputError>;
