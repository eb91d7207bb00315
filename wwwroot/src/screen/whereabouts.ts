import type { Geometry } from 'geojson';
import * as calls from '../api/calls';
import { positionsOf } from '../api/registers';
import type { LonLat } from '../api/types';
import { isSubjectKind } from '../map/kinds';
import type { MapTarget } from '../map/target';
import { pathOf } from './catalogue';
import type { Model } from './model';
import { violationsOf } from './subjectCard';

/** Where a thing stands, an area by its corners: as the live log knows it, else as the server says. Nothing where it has no place, or none is known. */
export async function whereabouts({ kind, id }: MapTarget, model: Model): Promise<readonly LonLat[]> {
  const { state, catalogue, radii } = model;
  const live = (kind === 'fire' ? state?.fires.get(id) : kind === 'violation' ? state?.violations.get(id) : violationsOf(model, id)[0])?.geometry?.coordinates;
  if (live !== undefined) return [live];
  try {
    return positionsOf(await placeOf());
  } catch {
    return []; // the card says what is wrong
  }

  async function placeOf(): Promise<Geometry | null> {
    if (kind === 'fire') return (await calls.fire(id)).geometry;
    if (kind === 'violation') return (await calls.violation(id)).geometry;
    if (kind === 'zone') return radii.find((circle) => circle.id === id)?.geometry ?? (await calls.zone(id)).geometry;
    const path = isSubjectKind(kind) ? pathOf(catalogue, kind) : null;
    return path === null ? null : ((await calls.subject(path, id)).geometry as Geometry | null);
  }
}

/** What is marked on the map: of a violation its subject, where that has a sign of its own. */
export function markOf(target: MapTarget | null, model: Model): MapTarget | null {
  const subject = target?.kind === 'violation' ? model.state?.violations.get(target.id)?.properties.subject : undefined;
  return subject !== undefined && isSubjectKind(subject.kind) ? { kind: subject.kind, id: subject.id } : target;
}
