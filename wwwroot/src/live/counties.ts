import type { Answer } from '../api/http';
import type { AsOf, County, FeatureList } from '../api/types';

export interface CountyNumbers {
  readonly asOf: AsOf;
  readonly counties: readonly County[];
}

const calmMs = 200;

/**
 * The counties' numbers, counted by the server only, so that map, ranking and bulletin never disagree. Asked for at the first
 * ring and then at most once in a while, until they reflect the place in the log that the page has reached.
 */
export class CountyBook {
  numbers: CountyNumbers | null = null;
  private etag: string | null = null;
  private wanted: AsOf = { epoch: '', seq: 0 };
  /** The last answer was read before the place that the page has reached. */
  private behind = false;
  private reading = false;
  /** An answer is on its way. */
  isAsking = false;
  private again = false;
  private failures = 0;

  constructor(
    private readonly read: (etag: string | null) => Promise<Answer<FeatureList<County>>>,
    private readonly changed: (numbers: CountyNumbers) => void,
    private readonly wait: (ms: number, then: () => void) => void = (ms, then) => void setTimeout(then, ms),
  ) {}

  /** The page knows the log up to here: numbers older than that are asked for again. */
  reach(place: AsOf): void {
    this.wanted = place;
    if (this.numbers === null || this.numbers.asOf.epoch !== place.epoch || isOlder(this.numbers.asOf, place)) this.refresh();
  }

  refresh(): void {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = true;
    this.again = false;
    void this.once().finally(() => {
      this.wait(this.pause(), () => {
        this.reading = false;
        if (this.again || this.behind || this.failures > 0) this.refresh();
      });
    });
  }

  private pause(): number {
    return this.failures === 0 ? calmMs : Math.min(5000, 500 * 2 ** this.failures);
  }

  private async once(): Promise<void> {
    try {
      this.isAsking = true;
      const answer = await this.read(this.etag).finally(() => { this.isAsking = false; });
      this.failures = 0;
      this.etag = answer.etag;
      if (answer.body !== null) {
        this.numbers = { asOf: answer.body.asOf, counties: answer.body.features };
        this.changed(this.numbers);
      }
      // The ETag names the place in the log, so a 304 may be as far behind as the numbers that it stands for.
      this.behind = this.numbers !== null && isOlder(this.numbers.asOf, this.wanted);
    } catch {
      this.failures += 1;
    }
  }
}

function isOlder(place: AsOf, than: AsOf): boolean {
  return place.epoch === than.epoch && place.seq < than.seq;
}
