import { ApiProblem } from '../api/http';

export type Progress = 'loading' | 'gone' | 'failed' | 'ready';

/**
 * One thing that is read from the server and read again when it may have changed. While it is read again the old one stays; where
 * changes come faster than answers, the next reading begins when the last one is there.
 */
export class Reading<T> {
  value: T | null = null;
  progress: Progress = 'loading';
  private key = '';
  private version = '';
  private reading = false;

  /** @param came Called when an answer is there. */
  constructor(private readonly came: () => void) {}

  /** Wants the thing of this key at this version. */
  want(key: string, version: string, read: () => Promise<T>): void {
    if (key !== this.key) {
      this.key = key;
      this.value = null;
      this.progress = 'loading';
      this.version = '';
      this.reading = false;
    }
    if (version === this.version || this.reading) return;
    this.version = version;
    this.reading = true;
    void read().then(
      (value) => this.end(key, 'ready', value),
      (error: unknown) => this.end(key, error instanceof ApiProblem && error.status === 404 ? 'gone' : 'failed', null),
    );
  }

  /** What failed is read again. */
  retry(): void {
    this.version = '';
  }

  private end(key: string, progress: Progress, value: T | null): void {
    if (key !== this.key) return;
    this.reading = false;
    this.progress = progress;
    if (progress !== 'failed') this.value = value;
    this.came();
  }
}
