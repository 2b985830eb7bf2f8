import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { integerAt } from './at';
import { mostCopies } from './equal-rows';

/** For each row the first row of its group, which may be the row itself: rows that must not be parted. */
export type RowGroups = Int32Array;

/**
 * Groups from one identifier per row, such as the film that a frame is of.
 *
 * @throws ShapeMismatchError unless there is one per row
 * @throws InvalidOptionError for one that is not finite
 */
export function groupsOf(identifiers: ArrayLike<number>, rows: number): RowGroups {
  if (identifiers.length !== rows) {
    throw new ShapeMismatchError({ what: 'groups', expected: [rows], received: [identifiers.length] });
  }
  const first = new Map<number, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const identifier = identifiers[row] as number;
    if (!Number.isFinite(identifier)) {
      throw new InvalidOptionError({
        option: `groups[${row}]`,
        expected: 'a finite number, the same in all rows of a group',
        received: identifier,
      });
    }
    const known = first.get(identifier);
    if (known === undefined) first.set(identifier, row);
    return known ?? row;
  });
}

/** How many groups there are. */
export function countGroups(groups: RowGroups): number {
  return groups.reduce((count, first, row) => count + Number(first === row), 0);
}

/** The smallest groups that part no group of either. */
export function joinGroups(left: RowGroups, right: RowGroups): RowGroups {
  const parent = left.slice();
  const root = (row: number): number => {
    let at = row;
    while (parent[at] !== at) {
      parent[at] = integerAt(parent, integerAt(parent, at));
      at = integerAt(parent, at);
    }
    return at;
  };
  for (const [row, first] of right.entries()) {
    const [one, two] = [root(row), root(first)];
    // The smaller row stands for both.
    parent[Math.max(one, two)] = Math.min(one, two);
  }
  return parent.map((_, row) => root(row));
}

/**
 * Joins groups with copies, unless those run through so many groups that there would be one out of all proportion: of
 * more than copies make, and more than twice as many rows as the largest group has.
 */
export function joinCopies(groups: RowGroups, copies: RowGroups): RowGroups {
  const joined = joinGroups(groups, copies);
  const most = Math.max(mostCopies(groups.length), 2 * largestGroup(groups));
  return largestGroup(joined) > most ? groups : joined;
}

function largestGroup(groups: RowGroups): number {
  const sizes = new Int32Array(groups.length);
  let most = 0;
  for (const first of groups) {
    sizes[first] = integerAt(sizes, first) + 1;
    most = Math.max(most, integerAt(sizes, first));
  }
  return most;
}

/** Rows in the order that a permutation gives their groups' first rows, each followed by the rest of its group. */
export function orderByGroup(permutation: ArrayLike<number>, groups: RowGroups): Int32Array {
  const members = new Map<number, number[]>();
  for (const [row, first] of groups.entries()) {
    if (first === row) members.set(row, [row]);
    else members.get(first)?.push(row);
  }
  const order = new Int32Array(groups.length);
  let at = 0;
  for (let place = 0; place < permutation.length; place++) {
    for (const row of members.get(permutation[place] as number) ?? []) order[at++] = row;
  }
  return order;
}

/**
 * Where to cut rows in the order of `orderByGroup` into parts, as near to these places as ends of groups are, at least one
 * group to each part.
 *
 * @param places ascending, above 0
 * @throws InvalidOptionError if there are fewer groups than parts
 */
export function cutBetweenGroups(order: Int32Array, groups: RowGroups, places: readonly number[]): number[] {
  const ends = [...order.keys()].filter(
    (place) => place > 0 && groups[integerAt(order, place)] === order[place],
  );
  if (ends.length < places.length) {
    throw new InvalidOptionError(
      {
        option: 'groups',
        expected: `${places.length + 1} at least, one to each part of the examples`,
        received: ends.length + 1,
      },
      { hint: 'Rows of a group, and rows that are equal, are not parted. Take examples of more groups.' },
    );
  }
  let earliest = 0;
  return places.map((place, index) => {
    const latest = ends.length - (places.length - index);
    let best = earliest;
    while (best < latest && distance(ends, best + 1, place) <= distance(ends, best, place)) best++;
    earliest = best + 1;
    return ends[best] as number;
  });
}

function distance(ends: readonly number[], index: number, place: number): number {
  return Math.abs((ends[index] as number) - place);
}
