import type { CommonSource, FactorSource } from '../sources';
import type { NameOf } from './task-types';

/**
 * `unknown` for every factor that fits, and for one that cannot a sentence that says why, which the compiler
 * then shows: made for another common-knowledge package or another major of it, a map that none of them offers, or a task
 * that a second factor solves too. Types that are not literal pass; `assemble` checks everything when it runs.
 */
export type FittingFactors<
  Common extends CommonSource | readonly CommonSource[],
  Factors extends readonly FactorSource[],
> = {
  readonly [Index in keyof Factors]: Misfit<
    Common extends readonly unknown[] ? Common : readonly [Common],
    Factors[Index]
  > extends infer Sentence extends string
    ? [Sentence] extends [never]
      ? DuplicateTask<Factors, Index>
      : Sentence
    : never;
};

/** `never` if the factor fits one of the networks. */
type Misfit<Commons extends readonly unknown[], Factor> = Factor extends {
  readonly name: infer FactorName extends string;
  readonly manifest: {
    readonly common: {
      readonly name: infer Wanted extends string;
      readonly range: infer Range extends string;
    };
  };
}
  ? string extends Wanted
    ? never
    : true extends FitsAny<Commons, Wanted, Range>
      ? NotOffered<FactorName, Exclude<ReadBy<Factor>, OfferedBy<Commons[number]>>, Labels<Commons>>
      : `${FactorName} was made for ${Wanted}@${Range}, not for ${Labels<Commons>}`
  : never;

/** `true` among the members of the union if one fits, or cannot be told. */
type FitsAny<Commons extends readonly unknown[], Wanted extends string, Range extends string> = {
  [Index in keyof Commons]: Fits<Commons[Index], Wanted, Range>;
}[number];

type Fits<Common, Wanted extends string, Range extends string> = Common extends {
  readonly name: infer Name extends string;
  readonly version: infer Version extends string;
}
  ? string extends Name
    ? true
    : [Name, MajorOfVersion<Version>] extends [Wanted, MajorOfRange<Range>]
      ? true
      : false
  : true;

/** A sentence for each map that is missing. */
type NotOffered<FactorName extends string, Map extends string, By extends string> = Map extends unknown
  ? `${FactorName} reads ${Map}, which ${By} does not offer`
  : never;

/** Names of what a factor reads; none, unless they are literal. */
type ReadBy<Factor> = Factor extends {
  readonly manifest: { readonly reads: readonly { readonly from: infer From extends string }[] };
}
  ? string extends From
    ? never
    : From
  : never;

/** Names of what each network offers; any, unless they are literal. */
type OfferedBy<Common> = Common extends {
  readonly manifest: { readonly maps: infer Maps extends readonly { readonly name: string }[] };
}
  ? 'picture' | Maps[number]['name']
  : string;

/** `@scope/a@1.0.0 or @scope/b@2.0.0` */
type Labels<Commons extends readonly unknown[]> = Commons extends readonly [infer First, ...infer Rest]
  ? `${Label<First>}${Rest extends readonly [] ? '' : ` or ${Labels<Rest>}`}`
  : string;

type Label<Common> = Common extends {
  readonly name: infer Name extends string;
  readonly version: infer Version extends string;
}
  ? `${Name}@${Version}`
  : string;

type DuplicateTask<Factors extends readonly unknown[], Index extends keyof Factors> =
  NameOf<Factors[Index]> extends infer Name extends string
    ? string extends Name
      ? unknown
      : Name extends {
            [Other in keyof Factors]: Other extends Index ? never : LiteralName<Factors[Other]>;
          }[number]
        ? `More than one factor is named "${Name}"`
        : unknown
    : never;

/** None, unless the task is known literally: any string would be the name of every other task. */
type LiteralName<Factor> = string extends NameOf<Factor> ? never : NameOf<Factor>;

/** Any, unless the version is literal. */
type MajorOfVersion<Version extends string> = Version extends `${infer Major}.${string}` ? Major : never;

/** Any, unless it is one caret range, as the packer writes them. */
type MajorOfRange<Range extends string> = Range extends `${string} ${string}`
  ? string
  : Range extends `^${infer Major}.${string}`
    ? Major
    : string;
