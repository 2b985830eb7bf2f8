const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** The nearest rows seen so far, the nearest first, with their distances in x, in y, and the larger one of both. */
export class NearestList {
  readonly joint: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  private readonly last: number;

  constructor(size: number) {
    this.joint = new Float64Array(size);
    this.x = new Float64Array(size);
    this.y = new Float64Array(size);
    this.last = size - 1;
  }

  /** Forgets all rows. */
  clear(): void {
    this.joint.fill(Number.POSITIVE_INFINITY);
  }

  /** From where on a row is too far. */
  get bound(): number {
    return numberAt(this.joint, this.last);
  }

  /** Takes a row that is nearer than the bound. */
  insert(joint: number, x: number, y: number): void {
    let place = this.last;
    for (; place > 0 && numberAt(this.joint, place - 1) > joint; place--) {
      this.joint[place] = numberAt(this.joint, place - 1);
      this.x[place] = numberAt(this.x, place - 1);
      this.y[place] = numberAt(this.y, place - 1);
    }
    this.joint[place] = joint;
    this.x[place] = x;
    this.y[place] = y;
  }

  /** The largest of the first `k` distances in one variable. */
  farthest(of: 'x' | 'y', k: number): number {
    let most = 0;
    for (let place = 0; place < k; place++) most = Math.max(most, numberAt(this[of], place));
    return most;
  }
}
