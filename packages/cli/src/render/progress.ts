import type { NoteEvent, ProgressEvent, ProgressListener } from '@factornet/factorizer';
import cliProgress from 'cli-progress';
import type { CleanOutput } from './clean-output';
import { formatDuration, formatValue } from './format';
import { plainLine } from './plain-text';
import { timeInAll } from './time-in-all';

export interface ProgressReporterOptions {
  /** Default `process.stderr`. A bar where it is a terminal, plain lines elsewhere. */
  stream?: CleanOutput;
  /** Least seconds between two plain lines. Default 5. */
  interval?: number;
  /** Names of the networks that are trained one after another, where there are several. */
  networks?: readonly string[];
  /** Milliseconds; for tests. Default `performance.now`. */
  now?: () => number;
}

export interface ProgressReporter {
  readonly onProgress: ProgressListener;
  /** Leaves the last state on the screen and gives the terminal back; call it whatever happened. */
  stop(): void;
}

const stageNames = {
  teacher: 'asking the teacher',
  common: 'evaluating the common network',
  training: 'training',
  'logit-scale': "fitting logits to the teacher's scale",
  calibration: 'fitting how sure factors are',
  evaluation: 'evaluating',
} as const;

/**
 * Shows progress events: stage, network, epoch, step, every loss term by name and the time left, of the network and, as soon as
 * one of the like was begun, of all.
 *
 * @example
 * const progress = createProgressReporter();
 * try {
 *   await factorize({ …, onProgress: progress.onProgress });
 * } finally {
 *   progress.stop();
 * }
 */
export function createProgressReporter({
  stream = process.stderr,
  interval = 5,
  networks = [],
  now = () => performance.now(),
}: ProgressReporterOptions = {}): ProgressReporter {
  const terminal = stream.terminal ?? (stream.isTTY ? (stream as NodeJS.WritableStream) : undefined);
  const inAll = timeInAll(networks, now);
  const explain = (event: ProgressEvent) => plainLine(explainProgress(event, networks));
  const left = (event: Exclude<ProgressEvent, NoteEvent>) => {
    const own = formatDuration(event.secondsLeft);
    const all = event.type === 'advance' ? undefined : inAll(event);
    return all === undefined ? `${own} left` : `${own} left, ${formatDuration(all)} in all`;
  };
  const reporter =
    terminal === undefined
      ? lineReporter(stream, { explain, left, interval: interval * 1000, now })
      : barReporter(terminal, { explain, left });
  return {
    ...reporter,
    // What is wrong is in a command's answer, where it is not overlooked.
    onProgress: (event) => isFinding(event) || reporter.onProgress(event),
  };
}

function isFinding(event: ProgressEvent): boolean {
  return event.type === 'note' && event.finding !== undefined;
}

/** `shape (2 of 5) · epoch 2/10 · step 31/62 · loss 1.234 · supervision 0.5112 · …` */
export function explainProgress(event: ProgressEvent, networks: readonly string[] = []): string {
  if (event.type === 'note') return event.message;
  if (event.type === 'advance') return `${stageNames[event.stage]}: ${event.done}/${event.total} examples`;
  const place =
    event.type === 'step'
      ? `epoch ${event.epoch}/${event.epochs} · step ${event.step}/${event.stepsPerEpoch}`
      : `epoch ${event.epoch}/${event.epochs} done`;
  const terms = Object.entries(event.terms).map(([name, value]) => `${name} ${formatValue(value)}`);
  const index = networks.indexOf(event.network ?? '');
  const ofHowMany = index < 0 ? '' : ` (${index + 1} of ${networks.length})`;
  const network = event.network === undefined ? [] : [`${event.network}${ofHowMany}`];
  return [...network, place, `loss ${formatValue(event.loss)}`, ...terms].join(' · ');
}

/** What is said of an event. */
interface Words {
  explain(event: ProgressEvent): string;
  left(event: Exclude<ProgressEvent, NoteEvent>): string;
}

function barReporter(terminal: NodeJS.WritableStream, { explain, left }: Words): ProgressReporter {
  let bar: cliProgress.SingleBar | undefined;
  let stage: ProgressEvent['stage'] | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
    stage = undefined;
  };
  return {
    stop,
    onProgress(event) {
      if (event.type === 'epoch') return;
      if (event.type === 'note') {
        stop();
        terminal.write(`${plainLine(event.message)}\n`);
        return;
      }
      const total = event.type === 'step' ? event.epochs * event.stepsPerEpoch : event.total;
      const done = event.type === 'step' ? (event.epoch - 1) * event.stepsPerEpoch + event.step : event.done;
      const payload = { text: explain(event), left: left(event) };
      // Networks that are trained at once share a bar, since their steps come in turns.
      const next = bar !== undefined && event.stage === 'training' && bar.getProgress() >= 1;
      if (event.stage !== stage || next) {
        stop();
        stage = event.stage;
        bar = new cliProgress.SingleBar(
          { format: '{bar} {percentage}% · {left} · {text}', stream: terminal, hideCursor: true },
          cliProgress.Presets.shades_classic,
        );
        bar.start(total, done, payload);
      }
      bar?.setTotal(total);
      bar?.update(done, payload);
    },
  };
}

function lineReporter(
  stream: CleanOutput,
  { explain, left, interval, now }: Words & { interval: number; now: () => number },
): ProgressReporter {
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    stop: () => {},
    onProgress(event) {
      const line = explain(event);
      if (event.type === 'note') {
        stream.write(`${line}\n`);
        return;
      }
      const time = left(event);
      const complete = event.type === 'epoch' || (event.type === 'advance' && event.done === event.total);
      if (!complete && now() - lastAt < interval) return;
      lastAt = now();
      stream.write(`${line} · ${time}\n`);
    },
  };
}
