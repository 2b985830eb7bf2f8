import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'label-out-of-range';

export interface LabelOutOfRangeErrorFields {
  task: string;
  label: number;
  /** How many classes the task has. */
  classes: number;
  /** Position of the example in its dataset or batch. */
  index: number;
}

/** A label lies outside the classes of its task. */
export class LabelOutOfRangeError extends FactornetError {
  declare readonly task: string;
  declare readonly label: number;
  declare readonly classes: number;
  declare readonly index: number;

  constructor(fields: LabelOutOfRangeErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `Task "${fields.task}" has ${fields.classes} classes (labels 0 to ${fields.classes - 1}; -1 marks "no label"), but example ${fields.index} is labelled ${fields.label}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is LabelOutOfRangeError {
    return FactornetError.hasCode(error, CODE);
  }
}
