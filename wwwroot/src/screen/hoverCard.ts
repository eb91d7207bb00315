import { language, words } from '../i18n';
import { dustWords } from '../i18n/dust';
import { duration } from '../i18n/time';
import { zoneKinds } from '../map/kinds';
import { mapLayers } from '../map/layers';
import type { Box } from '../map/shapes';
import type { MapTarget, Told } from '../map/target';
import { kindTitle } from './catalogue';
import { h } from './dom';
import { countyName, type Model } from './model';
import { ruleTitle } from './rules';

const distance = 18; // px from the pointer

/** A few words beside the pointer; never under it and never under a panel. */
export function createHoverCard() {
  const element = h('div', { class: 'hover-card', hidden: '', 'aria-hidden': 'true' });

  const show = (target: MapTarget | null, x: number, y: number, told: Told, model: Model, room: Box): void => {
    const content = target === null ? null : linesOf(target, told, model);
    element.hidden = content === null;
    if (content === null) return;
    const [heading, ...rest] = content;
    element.replaceChildren(h('strong', {}, heading ?? ''), ...rest.map((line) => h('p', {}, line)));
    const left = x + distance + element.offsetWidth > room.right ? x - distance - element.offsetWidth : x + distance;
    const top = Math.min(y + distance, room.bottom - element.offsetHeight);
    element.style.transform = `translate(${Math.max(room.left, left)}px, ${Math.max(room.top, top)}px)`;
  };
  return { element, show };
}

function linesOf({ kind, id }: MapTarget, told: Told, model: Model): string[] | null {
  switch (kind) {
    case 'county':
      return countyLines(id, model);
    case 'fire':
      return fireLines(id, model);
    case 'zone':
      return zoneLines(told);
    case 'violation':
      return violationLines(id, model);
    case 'monitor':
      return monitorLines(told, model);
    default:
      return subjectLines(kindTitle(model.catalogue, kind), told, model);
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const simulated = (told: Told): string[] => (told['simulated'] === true ? [words().simulated] : []);

function zoneLines(told: Told): string[] {
  const w = words();
  const kind = zoneKinds[Number(told['kind'])];
  const entry = mapLayers.flatMap((l) => l.legend).find(({ signs }) => signs !== 'ramp' && signs.some((sign) => sign === `zone-${kind}`));
  const since = text(told['from']);
  const detail = kind === undefined ? w.radius : [entry?.title[language()] ?? w.zone, text(told['document'])].filter((part) => part !== '').join(' · ');
  return [text(told['name']), detail, [...(since === '' ? [] : [w.inForceFrom(since)]), ...simulated(told)].join(' · ')].filter((line) => line !== '');
}

function violationLines(id: string, model: Model): string[] {
  const w = words();
  const v = model.state?.violations.get(id)?.properties;
  if (v === undefined) return [w.violation];
  return [`${w.article(v.article)} ${ruleTitle(v.rule)}`, v.subject.name ?? '', [w.severity[v.severity], countyName(model, v.county), ...(v.simulated ? [w.simulated] : [])].join(' · ')].filter((line) => line !== '');
}

function subjectLines(kind: string, told: Told, model: Model): string[] {
  const w = words();
  const open = Number(told['open'] ?? 0);
  const state = open > 0 ? w.violationsOf(open) : told['undecidable'] === true ? w.undecidable : w.inOrder;
  return [text(told['name']), [kind, countyName(model, text(told['county']) || null)].filter((part) => part !== '').join(' · '), [state, ...simulated(told)].join(' · ')];
}

function monitorLines(told: Told, model: Model): string[] {
  const measured = ([['TSP', 'tsp'], ['PM10', 'pm10']] as const).flatMap(([factor, name]) => (typeof told[name] === 'number' ? [`${factor} ${told[name]} µg/m³`] : []));
  const state = dustWords().states[text(told['state'])] ?? '';
  return [text(told['name']), [kindTitle(model.catalogue, 'monitor'), countyName(model, text(told['county']) || null)].join(' · '), [state, ...measured, ...simulated(told)].filter((part) => part !== '').join(' · ')];
}

function countyLines(code: string, model: Model): string[] | null {
  const w = words();
  const summary = model.numbers?.counties.find((c) => c.properties.code === code)?.properties.summary;
  if (summary === undefined) return null;
  return [countyName(model, code), `${w.open} ${summary.open} · ${w.overdue} ${summary.overdue} · ${w.burning} ${summary.burning}`, `${w.openedToday} ${summary.openedToday} · ${w.closedToday} ${summary.closedToday}`];
}

function fireLines(id: string, model: Model): string[] | null {
  const w = words();
  const fire = model.state?.fires.get(id)?.properties;
  if (fire === undefined) return [w.fire];
  const sources = Object.keys(fire.sources).map((s) => w.sources[s as keyof typeof w.sources] ?? s).join(' + ');
  return [`${w.fire} · ${countyName(model, fire.county)}`, `${w.fireStatus[fire.status]} · ${w.burningFor(duration(model.now - Date.parse(fire.firstSeenAt)))}`, `${sources} · ${w.seenTimes(fire.detections)}${fire.simulated ? ` · ${w.simulated}` : ''}`];
}
