import { errorClass } from './error-class';

export interface LabelOutOfRangeErrorFields {
  task: string;
  label: number;
  /** How many classes the task has. */
  classes: number;
  /** Position of the example in its dataset or batch. */
  index: number;
}

/** A label lies outside the classes of its task. */
export const LabelOutOfRangeError = /* @__PURE__ */ errorClass<LabelOutOfRangeErrorFields>(
  'label-out-of-range',
  (fields) =>
    `Task "${fields.task}" has ${fields.classes} classes (labels 0 to ${fields.classes - 1}; -1 marks "no label"), but example ${fields.index} is labelled ${fields.label}.`,
);
export type LabelOutOfRangeError = InstanceType<typeof LabelOutOfRangeError>;
