import { ApiProblem } from '../src/api/http';
import type { Fire, FireStatus, LogEvent, Violation } from '../src/api/types';
import type { LogSource } from '../src/live/follower';
import { streamReach } from '../src/live/stream';

/** A server in memory: a log, and the lists that follow from it. */
export class MemoryLog implements LogSource {
  epoch = 'first';
  log: LogEvent[] = [];
  oldest = 0;
  reads = 0;
  /** Only what lies here is told; null is the whole city. */
  scope: string | null = null;
  /** Throws for every call while set. */
  down = false;
  /** Runs between the two lists of a snapshot. */
  betweenLists: (() => void) | null = null;

  constructor(readonly pageSize = 1000) {}

  append(type: string, id: string, data: unknown, at = `t${this.log.length}`, county = '141024'): void {
    this.log.push({ seq: this.log.length + 1, at, type, county, id, data });
  }

  detect(id: string, simulated = false): void {
    const at = `t${this.log.length}`;
    this.append('fire.detected', id, fire(id, 'suspected', { simulated, violation: `v-${id}` }), at);
    this.append('violation.opened', `v-${id}`, violation(`v-${id}`, id, 'open', simulated), at);
  }

  end(id: string): void {
    const at = `t${this.log.length}`;
    this.append('fire.updated', id, fire(id, 'out', { verdict: { verdict: 'out', reason: '', at, knownAt: at } }), at);
    this.append('violation.closed', `v-${id}`, violation(`v-${id}`, id, 'closed'), at);
  }

  private check(): void {
    this.reads += 1;
    if (this.down) throw new TypeError('Failed to fetch');
  }

  async events(after: number, epoch: string | null) {
    this.check();
    const last = this.log.length;
    if ((epoch !== null && epoch !== this.epoch) || after > last || (after > 0 && after < this.oldest)) throw new ApiProblem(410, '/problems/log-gone', 'Gone', '');
    const events = this.log.filter((e) => e.seq > Math.max(after, this.oldest) && (this.scope === null || e.county === this.scope)).slice(0, this.pageSize);
    const reaches = events.length === this.pageSize ? (events.at(-1)?.seq ?? last) : last;
    return { epoch: this.epoch, events, last, ...(this.scope === null ? {} : { reaches }) };
  }

  async latest(until: number, epoch: string) {
    this.check();
    if (epoch !== this.epoch) throw new ApiProblem(410, '/problems/log-gone', 'Gone', '');
    return this.log.filter((e) => e.seq <= until && e.seq > this.oldest && !e.type.startsWith('reading.')).slice(-streamReach);
  }

  async burning() {
    this.check();
    const features = this.replay<Fire>('fire').filter((f) => f.properties.status === 'suspected' || f.properties.status === 'confirmed');
    const list = { type: 'FeatureCollection' as const, features, next: null, asOf: { epoch: this.epoch, seq: this.log.length } };
    this.betweenLists?.();
    return [list];
  }

  async openViolations() {
    this.check();
    const features = this.replay<Violation>('violation').filter((v) => v.properties.status === 'open');
    return [{ type: 'FeatureCollection' as const, features, next: null, asOf: { epoch: this.epoch, seq: this.log.length } }];
  }

  private replay<T extends { id: string; properties: { simulated: boolean } }>(kind: string): T[] {
    const things = new Map<string, T>();
    for (const event of this.log) {
      if (event.type.startsWith(`${kind}.`)) things.set(event.id, event.data as T);
      if (event.type === 'simulation.cleared') for (const [id, thing] of things) if (thing.properties.simulated) things.delete(id);
    }
    return [...things.values()];
  }
}

export function fire(id: string, status: FireStatus, more: Partial<Fire['properties']> = {}): Fire {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [111.6, 36.3] },
    properties: {
      id, status, name: null, county: '141024', firstSeenAt: '2026-11-23T14:00:00+08:00', lastSeenAt: '2026-11-23T14:00:00+08:00', knownAt: '2026-11-23T14:00:05+08:00',
      lapsesAt: null, detections: 1, sources: { video: 1 }, radiusMetres: 60, frpMegawatts: null, verdict: null, violation: null, simulated: false, ...more,
    },
  };
}

export function violation(id: string, fireId: string, status: 'open' | 'closed', simulated = false): Violation {
  return {
    type: 'Feature',
    id,
    geometry: { type: 'Point', coordinates: [111.6, 36.3] },
    properties: {
      id, rule: 'A36.OpenBurning', article: 36, severity: 'critical', status, subject: { kind: 'fire', id: fireId, name: null }, county: '141024', zone: null,
      openedAt: '2026-11-23T14:00:00+08:00', knownAt: '2026-11-23T14:00:05+08:00', dueAt: '2026-11-23T16:00:05+08:00', closedAt: status === 'closed' ? '2026-11-23T15:00:00+08:00' : null,
      closedReason: null, facts: {}, parameters: [], evidence: [], lead: ['市农业农村局'], cooperating: [], responsible: '洪洞县人民政府', simulated,
    },
  };
}
