import { zoneKinds, type ZoneKind } from './kinds';

/** The map's colours are the page's tokens: one design language. */
export interface Palette {
  counties: string[];
  border: string;
  glow: string;
  fire: [fresh: string, hours: string, old: string];
  burning: string;
  overdue: string;
  serious: string;
  done: string;
  history: string;
  soft: string;
  strong: string;
  ground: string;
  zones: Record<ZoneKind, string>;
  radius: string;
}

/** Lower bounds of the classes of open violations; the first class is "none". */
export const classBounds = [0, 1, 5, 10, 15, 20, 30, 40] as const;

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    counties: classBounds.map((_, index) => token(`county-${index}`)),
    border: token('border'),
    glow: token('glow'),
    fire: [token('fire-new'), token('fire-hours'), token('fire-old')],
    burning: token('burning'),
    overdue: token('overdue'),
    serious: token('serious'),
    done: token('done'),
    history: token('history'),
    soft: token('text-soft'),
    strong: token('text-strong'),
    ground: token('ground-deep'),
    zones: Object.fromEntries(zoneKinds.map((kind) => [kind, token(`zone-${kind}`)])) as Record<ZoneKind, string>,
    radius: token('radius-line'),
  };
}

const hour = 3_600_000;

/** 0: of this hour, 1: of the last six, 2: older. */
export function ageClass(firstSeenAt: string, now: number): 0 | 1 | 2 {
  const age = now - Date.parse(firstSeenAt);
  if (age < hour) return 0;
  return age < 6 * hour ? 1 : 2;
}
