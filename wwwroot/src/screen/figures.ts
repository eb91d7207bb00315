import * as calls from '../api/calls';
import { precision } from '../api/fires';
import { monitorHealth } from '../api/readings';
import { dustCount } from './dustCount';
import type { Model } from './model';

const calmMs = 2000;
const everyMs = 60_000;

/** Figures that may lag by seconds: feeds, trend, activity. Read after changes, once for a burst, and every minute. */
export class SlowFigures {
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly model: Model,
    private readonly changed: () => void,
  ) {
    void this.read();
    void this.readDust();
    setInterval(() => this.soon(), everyMs);
    setInterval(() => void this.readDust(), everyMs);
  }

  soon(): void {
    this.timer ??= setTimeout(() => void this.read(), calmMs);
  }

  /** Another span is shown: its bars are read at once. */
  now(): void {
    void this.read();
  }

  /** By the minute only: monitors speak all the time, and a list of all of them is long. */
  private async readDust(): Promise<void> {
    try {
      this.model.dust = dustCount(await monitorHealth());
      this.changed();
    } catch {
      // The last count stays; the link state tells when everything is old.
    }
  }

  private async read(): Promise<void> {
    const { span } = this.model;
    const [feeds, trend, activity, verdicts] = await Promise.allSettled([calls.feeds(), calls.trend(7), calls.activity(span), precision()]);
    // What could not be read keeps its last value; the link state tells when everything is old.
    if (feeds.status === 'fulfilled') this.model.feeds = feeds.value.feeds;
    if (trend.status === 'fulfilled') this.model.trend = trend.value;
    if (activity.status === 'fulfilled' && span === this.model.span) this.model.activity = activity.value;
    this.model.activityFailed = activity.status === 'rejected';
    if (verdicts.status === 'fulfilled') this.model.precision = verdicts.value;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.changed();
  }
}
