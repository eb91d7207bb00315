import * as calls from '../api/calls';
import { ApiProblem } from '../api/http';
import type { FireCase } from './fireCard';
import type { Model } from './model';
import type { Progress } from './reading';

/** A fire with its violation and detections: at once what the live log knows, then what the server tells; read again with every event about it. */
export class FireReading {
  progress: Progress = 'loading';
  private found: FireCase | null = null;
  /** Whose case is shown, found or not. */
  private shown = '';
  /** What was loaded with its details; empty asks for loading again. */
  private loaded = '';
  private renewed = 0;

  /** @param came Called when an answer is there. */
  constructor(private readonly came: () => void) {}

  get version(): string {
    return this.loaded;
  }

  show(id: string, model: Model): FireCase | null {
    const live = model.state?.fires.get(id);
    const liveViolation = live?.properties.violation ? model.state?.violations.get(live.properties.violation) : undefined;
    // What ended or is explained by a heat source is not in the live log; events about it are.
    const version = `${id}|${this.renewed}|${live === undefined ? `ended ${model.touched}` : JSON.stringify(live.properties)}`;
    if (this.shown !== id) {
      this.shown = id;
      this.found = live === undefined ? null : { fire: live, violation: liveViolation ?? null, detections: [], course: [] };
      this.progress = live === undefined ? 'loading' : 'ready';
      this.loaded = '';
    } else if (live !== undefined) {
      this.found = { detections: [], course: [], ...this.found, fire: live, violation: liveViolation ?? this.found?.violation ?? null };
      this.progress = 'ready';
    }
    if (this.loaded !== version && model.link !== 'dead') void this.load(id, version);
    return this.found;
  }

  /** Asks for it again. */
  renew(): void {
    this.renewed += 1;
  }

  /** Something else is looked at. */
  leave(): void {
    this.found = null;
    this.shown = '';
    this.loaded = '';
  }

  private async load(id: string, version: string): Promise<void> {
    this.loaded = version;
    try {
      // What went on in another fire has no course of its own.
      const [fire, list, course] = await Promise.all([calls.fire(id), calls.detections(id), calls.course(id).catch((error: unknown) => { if (error instanceof ApiProblem && error.status === 404) return []; throw error; })]);
      const violation = fire.properties.violation === null ? null : await calls.violation(fire.properties.violation);
      if (this.loaded !== version) return;
      this.found = { fire, violation, detections: list.features, course };
      this.progress = 'ready';
    } catch (error) {
      if (this.loaded !== version) return;
      this.progress = error instanceof ApiProblem && error.status === 404 ? 'gone' : 'failed';
    }
    this.came();
  }
}
