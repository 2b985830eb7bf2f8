import { type TaskDescription, type TaskKind, type ToldAnswer, taskKinds } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { numeric, type Table, tableOf } from '../../render/table';

/** What is told of one picture: by task, or with `--joint` of a label space. */
export type Prediction = { readonly image: string } & (
  | { readonly tasks: Readonly<Record<string, ToldAnswer>> }
  | { readonly joint: ToldAnswer & { readonly labelSpace: string } }
);

export interface RenderingOptions {
  readonly joint?: string;
  readonly tasks: readonly TaskDescription[];
  readonly kinds?: readonly TaskKind[] | undefined;
}

/** A row per answer that is told, in one table for all kinds that have the same columns. */
export function renderPredictions(predictions: readonly Prediction[], options: RenderingOptions): Table[] {
  const { joint, tasks, kinds = taskKinds } = options;
  // A label space is of a classification.
  const kindFor = (name: string): TaskKind =>
    kindOf(tasks.find((task) => task.name === name) ?? { name, type: 'classification' }, kinds);
  const columnsOf = ({ columns }: TaskKind) => [
    'picture',
    joint === undefined ? 'task' : 'label space',
    ...columns.map(({ heading, isNumeric }) => (isNumeric ? numeric(heading) : heading)),
  ];
  const tables = new Map<string, { columns: ReturnType<typeof columnsOf>; rows: string[][] }>();
  for (const prediction of predictions) {
    const told =
      'joint' in prediction ? { [prediction.joint.labelSpace]: prediction.joint } : prediction.tasks;
    const named = new Set<string>();
    for (const [name, answer] of Object.entries(told)) {
      const kind = kindFor(name);
      const columns = columnsOf(kind);
      const key = JSON.stringify(columns);
      const table = tables.get(key) ?? { columns, rows: [] };
      tables.set(key, table);
      for (const [rank, cells] of kind.rows(answer).entries()) {
        table.rows.push([named.has(key) ? '' : prediction.image, rank === 0 ? name : '', ...cells]);
        named.add(key);
      }
    }
  }
  return [...tables.values()].map(({ columns, rows }) => tableOf(columns, rows));
}
