const calmMs = 100;

/** When the panels are drawn: once in the next frame, however many reasons there are; and news at once, so that it goes before what the map does in that frame. */
export class Drawing {
  private frame = 0;
  private drawnAt = -Infinity;

  constructor(private readonly draw: () => void) {}

  /** A hidden page has no frames and needs none. */
  soon(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.now());
  }

  /** Where one piece of news follows the other, frames are soon enough. */
  atOnce(): void {
    if (performance.now() - this.drawnAt < calmMs) {
      this.soon();
      return;
    }
    cancelAnimationFrame(this.frame);
    this.now();
  }

  private now(): void {
    this.frame = 0;
    this.drawnAt = performance.now();
    this.draw();
  }
}
