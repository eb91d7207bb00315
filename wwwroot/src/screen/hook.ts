import type { AlarmHook } from '../alarm/alarm';
import { digest, type LiveState } from '../live/state';
import type { Model } from './model';

/**
 * Read-only window into the page for tests and support, as `window.airmap`: nothing here changes anything.
 * `digest` is equal on two pages exactly when they hold the same state.
 */
export interface AirmapHook {
  readonly link: string;
  readonly seq: number | null;
  readonly epoch: string | null;
  readonly digest: string | null;
  readonly fires: string[];
  readonly violations: string[];
  /** County code → open violations, as on the map. */
  readonly open: Record<string, number>;
  /** Burning fires in the last drawn frame. */
  readonly drawnFires: string[];
  /** Zones and heat radii in the last drawn frame. */
  readonly drawnZones: string[];
  /** Dust monitors in the last drawn frame, by id, with their state. */
  readonly drawnMonitors: Record<string, string>;
  /** Fires that heat sources explain in the last drawn frame. */
  readonly drawnAttributed: string[];
  /** Violations of subjects that the signs of the last drawn frame stand for. */
  readonly drawnCases: number;
  readonly mapIdle: boolean;
  /** Open violations and fires that the filter leaves; of the whole state without one. */
  readonly seen: { violations: string[]; fires: string[]; open: Record<string, number> };
  /** The moment that is replayed, unix ms; null in the present. The state is then that of the moment. */
  readonly replay: number | null;
  readonly replayStatus: string | null;
  /** Single violations of the replayed moment in the last drawn frame. */
  readonly drawnPast: string[];
  readonly alarm: AlarmHook;
}

declare global {
  interface Window {
    airmap: AirmapHook;
  }
}

export function exposeHook(model: Model, seen: (model: Model) => Model, map: () => { drawnFires: string[]; drawnAttributed: string[]; drawnZones: string[]; drawnMonitors: Record<string, string>; drawnPast: string[]; drawnCases: number; idle: boolean } | null, alarm: AlarmHook): void {
  const state = (): LiveState | null => model.state;
  const hook: AirmapHook = {
    get link() { return model.link; },
    get seq() { return state()?.seq ?? null; },
    get epoch() { return state()?.epoch ?? null; },
    get digest() { const now = state(); return now === null ? null : digest(now); },
    get fires() { return [...(state()?.fires.keys() ?? [])]; },
    get violations() { return [...(state()?.violations.keys() ?? [])]; },
    get open() { return Object.fromEntries((model.numbers?.counties ?? []).map((c) => [c.properties.code, c.properties.summary.open])); },
    get drawnFires() { return map()?.drawnFires ?? []; },
    get drawnAttributed() { return map()?.drawnAttributed ?? []; },
    get drawnZones() { return map()?.drawnZones ?? []; },
    get drawnMonitors() { return map()?.drawnMonitors ?? {}; },
    get seen() {
      const { state: kept, numbers } = seen(model);
      return { violations: [...(kept?.violations.keys() ?? [])], fires: [...(kept?.fires.keys() ?? [])], open: Object.fromEntries((numbers?.counties ?? []).map((c) => [c.properties.code, c.properties.summary.open])) };
    },
    get replay() { return model.replay?.moment ?? null; },
    get replayStatus() { return model.replay?.status ?? null; },
    get drawnPast() { return map()?.drawnPast ?? []; },
    get drawnCases() { return map()?.drawnCases ?? 0; },
    alarm,
    get mapIdle() { return map()?.idle ?? false; },
  };
  Object.defineProperty(window, 'airmap', { value: Object.freeze(hook) });
}
