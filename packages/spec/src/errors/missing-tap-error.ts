import { list } from './display';
import { errorClass } from './error-class';

export interface MissingTapErrorFields {
  tap: string;
  /** Layers that could serve as taps. */
  known: readonly string[];
}

/** A teacher was asked for features at a layer that it does not have. */
export const MissingTapError = /* @__PURE__ */ errorClass<MissingTapErrorFields>(
  'missing-tap',
  (fields) => `The teacher has no layer named "${fields.tap}" to tap. Its layers are ${list(fields.known)}.`,
);
export type MissingTapError = InstanceType<typeof MissingTapError>;
