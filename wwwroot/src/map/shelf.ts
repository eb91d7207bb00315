/**
 * What was made once and may be made again, oldest first. Once there is more than a number of it, what has lain there for long goes; what is young stays
 * however much there is, or what is needed at the same time would drive each other out for ever.
 */
export class Shelf {
  private readonly since = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly agedMs: number,
  ) {}

  /** Returns what goes. */
  put(name: string, now: number): string[] {
    this.since.delete(name);
    this.since.set(name, now);
    const gone: string[] = [];
    for (const [old, at] of this.since) {
      if (this.since.size <= this.most || now - at < this.agedMs) break;
      this.since.delete(old);
      gone.push(old);
    }
    return gone;
  }
}
