import type { FactorPackage } from '@factornet/spec';

type Task = FactorPackage['manifest']['task'];

/** The types that `factornet pack` gives to a factor. */
type Packaged<Of extends Task> = Omit<FactorPackage, 'manifest'> & {
  readonly manifest: Omit<FactorPackage['manifest'], 'task'> & { readonly task: Of };
};

interface Classification<Name extends string, Classes extends readonly string[]> {
  readonly name: Name;
  readonly type: 'classification';
  readonly classes: Classes;
}

interface Grouped<Name extends string, Classes extends readonly string[]>
  extends Classification<Name, Classes> {
  readonly labelSpace: {
    readonly name: 'cifar10';
    readonly classes: readonly string[];
    readonly indices: readonly number[];
  };
}

export declare const shape: Packaged<Classification<'shape', readonly ['circle', 'square', 'star']>>;
export declare const size: Packaged<Classification<'size', readonly ['small', 'medium', 'large']>>;
export declare const hue: Packaged<Classification<'object-hue', readonly ['red', 'green', 'blue']>>;
export declare const animals: Packaged<Grouped<'animals', readonly ['cat', 'dog']>>;
export declare const vehicles: Packaged<Grouped<'vehicles', readonly ['ship', 'truck']>>;
