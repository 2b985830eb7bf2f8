import type { CommonSource, FactorSource } from '../sources';
import type { NameOf } from './task-types';

/**
 * `unknown` for every factor that fits, and for one that cannot a sentence that says why, which the compiler
 * then shows: made for another common-knowledge package or another major of it, or a task that a second factor
 * solves too. Types that are not literal pass; `assemble` checks everything when it runs.
 */
export type FittingFactors<Common extends CommonSource, Factors extends readonly FactorSource[]> = {
  readonly [Index in keyof Factors]: Misfit<Common, Factors[Index]> extends infer Sentence extends string
    ? [Sentence] extends [never]
      ? DuplicateTask<Factors, Index>
      : Sentence
    : never;
};

type Misfit<Common, Factor> = Common extends {
  readonly name: infer Name extends string;
  readonly version: infer Version extends string;
}
  ? Factor extends {
      readonly name: infer FactorName extends string;
      readonly manifest: {
        readonly common: {
          readonly name: infer Wanted extends string;
          readonly range: infer Range extends string;
        };
      };
    }
    ? string extends Name | Wanted
      ? never
      : [Name, MajorOfVersion<Version>] extends [Wanted, MajorOfRange<Range>]
        ? never
        : `${FactorName} was made for ${Wanted}@${Range}, not for ${Name}@${Version}`
    : never
  : never;

type DuplicateTask<Factors extends readonly unknown[], Index extends keyof Factors> =
  NameOf<Factors[Index]> extends infer Name extends string
    ? string extends Name
      ? unknown
      : Name extends {
            [Other in keyof Factors]: Other extends Index ? never : NameOf<Factors[Other]>;
          }[number]
        ? `More than one factor is named "${Name}"`
        : unknown
    : never;

/** Any, unless the version is literal. */
type MajorOfVersion<Version extends string> = Version extends `${infer Major}.${string}` ? Major : never;

/** Any, unless it is one caret range, as the packer writes them. */
type MajorOfRange<Range extends string> = Range extends `${string} ${string}`
  ? string
  : Range extends `^${infer Major}.${string}`
    ? Major
    : string;
