import type { LogEvent } from '../api/types';

/** The event is about this thing, or about something that stands about it. */
export function concerns(event: LogEvent, id: string): boolean {
  if (event.id === id || event.type === 'simulation.cleared') return true;
  const properties = (event.data as { properties?: Record<string, unknown> } | null)?.properties;
  const subject = properties?.['subject'] as { id?: unknown } | undefined;
  return subject?.id === id;
}

/** What a monitor or station sent moves no case: whatever follows from it is an event of its own. */
export const isMeasurement = ({ type }: LogEvent): boolean => type.startsWith('reading.') || type.startsWith('air.');

/** Zones, dated values, boundaries, or a plant with its heat radius or a heat source changed. */
export function changesLaw({ type, data }: LogEvent): boolean {
  if (/^(?:zone|parameter|counties|simulation)\./.test(type)) return true;
  if (!type.startsWith('subject.')) return false;
  const register = (data as { properties?: { register?: unknown } } | null)?.properties?.register;
  return register === undefined || register === 'plant' || register === 'heatSource';
}
