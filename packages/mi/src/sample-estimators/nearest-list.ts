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
    return this.joint[this.last] as number;
  }

  /** Takes a row that is nearer than the bound. */
  insert(joint: number, x: number, y: number): void {
    let place = this.last;
    for (; place > 0 && (this.joint[place - 1] as number) > joint; place--) {
      this.joint[place] = this.joint[place - 1] as number;
      this.x[place] = this.x[place - 1] as number;
      this.y[place] = this.y[place - 1] as number;
    }
    this.joint[place] = joint;
    this.x[place] = x;
    this.y[place] = y;
  }

  /** The largest of the first `k` distances in one variable. */
  farthest(of: 'x' | 'y', k: number): number {
    let most = 0;
    for (let place = 0; place < k; place++) most = Math.max(most, this[of][place] as number);
    return most;
  }
}
