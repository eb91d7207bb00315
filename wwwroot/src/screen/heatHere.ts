import type { Geometry } from 'geojson';
import type { Fire, Subject } from '../api/types';
import { fireWords } from '../i18n/fires';
import type { Line } from './caseParts';
import { inMetres, metresTo } from './ground';

/** Heat sources that may have to do with a fire. */

/** As far as the server looks beyond the rim of a source at least (HeatSourceInForce). */
const reachMetres = 1_000;
/** Within it sources are read: the widest source, and what the server's search reaches. */
export const searchMetres = 7_000;

export type HeatStatus = 'candidate' | 'approved' | 'dismissed';

export interface HeatHere {
  readonly source: Subject;
  readonly status: HeatStatus;
  /** From the fire to the rim; 0 within. */
  readonly metres: number;
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Those that the fire's footprint reaches, or that explain it; nearest first. */
export function heatHere(fire: Fire, sources: readonly Subject[]): HeatHere[] {
  const { attributedTo, radiusMetres, simulated } = fire.properties;
  return sources.flatMap((source): HeatHere[] => {
    const p = source.properties;
    const metres = Math.max(0, metresTo(fire.geometry.coordinates, source.geometry as Geometry | null) - (number(p['radiusMetres']) ?? 0));
    const isNear = metres <= Math.min(reachMetres, Math.max(radiusMetres ?? 0, 375)) && (simulated || !p.simulated);
    return isNear || attributedTo?.id === source.id ? [{ source, status: (p['status'] as HeatStatus | undefined) ?? 'candidate', metres }] : [];
  }).toSorted((a, b) => a.metres - b.metres || (a.source.id < b.source.id ? -1 : 1));
}

/** The figures that an officer decides by; what is not known is left out. */
export function heatFigures({ source: { properties: p }, metres }: HeatHere): Line[] {
  const w = fireWords();
  const read = (name: string): number | null => number(p[name]);
  const [nights, days, months, usual, highest, share, radius] = [read('nights'), read('days'), read('months'), read('medianMegawatts'), read('highestMegawatts'), read('nightShare'), read('radiusMetres')];
  const lit = [p['firstLit'], p['lastLit']].filter((day) => typeof day === 'string');
  return [
    [w.heatTitle, metres === 0 ? w.heatHere : w.heatAway(inMetres(metres))],
    [w.nights, nights === null ? null : days === null ? w.nightsOnly(nights) : w.nightsOf(nights, days)],
    [w.months, months === null ? null : w.monthsOf(months)],
    [w.power, usual === null && highest === null ? null : `${[usual, highest].map((mw) => (mw === null ? '–' : mw.toFixed(1))).join(' / ')} MW`],
    [w.nightShare, share === null ? null : `${Math.round(share * 100)}%`],
    [w.radius, radius === null ? null : inMetres(radius)],
    [w.period, lit.length === 0 ? null : lit.join(' – ')],
    [w.decidedBy, typeof p['approvedBy'] === 'string' ? `${p['approvedBy']}${typeof p['reason'] === 'string' ? ` · ${p['reason']}` : ''}` : null],
  ];
}
