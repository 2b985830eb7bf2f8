import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommonNetwork, disposeBrick } from '@factornet/core';
import { readPackedModel } from '@factornet/core/internal';
import { readBrickFile } from '@factornet/core/node';
import { labelFor } from '@factornet/data';
import type { ProgressListener } from '@factornet/factorizer';
import type { PackedPackage } from '@factornet/packer';
import { type NarrowingMeter, narrowingMeter } from '@factornet/pipeline';
import {
  type CommonManifest,
  type InputDescription,
  InvalidOptionError,
  ShapeMismatchError,
  type TaskDescription,
} from '@factornet/spec';
import type { Work } from '../context';
import { openData, tellNotes } from '../data/data-spec';
import type { PackFlags } from '../options/pack-options';

/** How many pictures golden probes get. */
const PROBES = 8;

/** Some pictures of a dataset, of all classes, as bytes, value · 255. @throws ShapeMismatchError, MissingFileError */
export async function readProbePictures(
  spec: string,
  input: InputDescription,
  seed: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const data = await openData(spec, { limit: PROBES, channels: input.shape[2], seed });
  if (data.imageShape.join() !== input.shape.join()) {
    const received = [...data.imageShape];
    throw new ShapeMismatchError({ what: `the pictures of ${data.name}`, expected: input.shape, received });
  }
  const { images } = await data.read(Int32Array.from({ length: data.size }, (_, index) => index));
  return Uint8Array.from(images, (value) => Math.round(255 * value));
}

/** The tasks of the factors in these folders. */
export async function readTasks(folders: readonly string[]): Promise<TaskDescription[]> {
  const files = await Promise.all(folders.map(readBrickFile));
  return files.flatMap((file) => (file.kind === 'factor' ? [file.description.task] : []));
}

/** What measuring the accuracy of narrowed factors takes. */
export interface MeterRequest {
  /** As it was trained; left out, the package's own weights stand for it. */
  readonly common: CommonNetwork | undefined;
  readonly packed: Pick<PackedPackage<CommonManifest>, 'name' | 'manifest' | 'directory'>;
  readonly tasks: readonly TaskDescription[];
  readonly flags: Pick<PackFlags, 'data' | 'dtype' | 'taskName' | 'limit' | 'seed'>;
  readonly log: Work['log'];
  readonly onProgress: ProgressListener;
  readonly signal: AbortSignal;
}

/** Hands `body` a meter for `--data`, or none where there is nothing to measure. */
export async function withMeter<T>(
  { common, packed, tasks, flags, log, onProgress, signal }: MeterRequest,
  body: (meter: NarrowingMeter | undefined) => Promise<T>,
): Promise<T> {
  if (flags.data === undefined) return body(undefined);
  if (flags.dtype === 'float32') {
    throw new InvalidOptionError({
      option: '--data',
      expected: 'given with --dtype float16 or uint8, whose cost it measures',
      received: flags.data,
    });
  }
  const { name, manifest, directory } = packed;
  const { taskName, limit, seed } = flags;
  const channels = manifest.input.shape[2];
  const data = labelFor(tasks, await openData(flags.data, { taskName, limit, channels, seed }));
  tellNotes('--data', data, log);
  const locate = (file: string) => pathToFileURL(join(directory, file));
  const network = await readPackedModel(manifest.model, locate, name);
  const published = { kind: manifest.kind, description: manifest, network };
  try {
    const trained = common ?? published;
    return await body(
      await narrowingMeter({ common: trained, published: published.network, data, onProgress, signal }),
    );
  } finally {
    disposeBrick(published);
  }
}
