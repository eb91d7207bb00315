import { words } from '../i18n';
import { duration } from '../i18n/time';
import type { MapTarget } from '../map/target';
import { h } from './dom';
import { countyName, type Model } from './model';

const distance = 18; // px from the pointer

/** A few words beside the pointer; never under it and never outside the map. */
export function createHoverCard() {
  const element = h('div', { class: 'hover-card', hidden: '', 'aria-hidden': 'true' });

  const show = (target: MapTarget | null, x: number, y: number, model: Model): void => {
    const content = target === null ? null : target.kind === 'county' ? countyLines(target.id, model) : fireLines(target.id, model);
    element.hidden = content === null;
    if (content === null) return;
    const [heading, ...rest] = content;
    element.replaceChildren(h('strong', {}, heading ?? ''), ...rest.map((line) => h('p', {}, line)));
    const host = element.parentElement;
    const [width, height] = [host?.clientWidth ?? 0, host?.clientHeight ?? 0];
    const left = x + distance + element.offsetWidth > width ? x - distance - element.offsetWidth : x + distance;
    const top = Math.min(y + distance, height - element.offsetHeight - distance);
    element.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, top)}px)`;
  };
  return { element, show };
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
