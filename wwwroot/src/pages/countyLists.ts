import type { MonitorHealth } from '../api/readings';
import type { ZoneVersion } from '../api/records';
import type { RegisterCount } from '../api/registers';
import type { Feed, Fire } from '../api/types';
import { language, words } from '../i18n';
import { dustWords, reasonsInWords } from '../i18n/dust';
import { feedErrorInWords } from '../i18n/feeds';
import { pageWords } from '../i18n/pages';
import { ago } from '../i18n/time';
import { stateTag } from '../dust/panel';
import { healthOf, listOf, recordsOf, writeRoute } from '../registers/route';
import { minuteInWords } from '../registers/values';
import { kindTitle, pathOf } from '../screen/catalogue';
import { h } from '../screen/dom';
import { reasonInWords } from '../screen/reasons';
import { livelyAt } from '../screen/strip';
import type { Known } from './known';
import { empty, table } from './table';

/** The lists of a county beside its violations. */

/** What is amiss comes first; the rest stands in the registers. */
const mostMonitors = 50;

export function fireRows(fires: readonly Fire[], now: number): HTMLElement {
  const [w, p] = [words(), pageWords()];
  return table(p.fires, [{ title: p.firstSeen }, { title: p.lastSeen }, { title: p.state }, { title: p.seenBy }, { title: p.position }, { title: p.verdict }], fires.map(({ id, geometry, properties: f }) => {
    const sources = Object.entries(f.sources).map(([kind, n]) => `${w.sources[kind as keyof typeof w.sources] ?? kind} ${n}`).join(' · ');
    const verdict = f.verdict === null ? '' : `${w.verdicts[f.verdict.verdict]} ${minuteInWords(f.verdict.at)}${f.verdict.reason ? ` · ${reasonInWords(f.verdict.reason)}` : ''}`;
    return {
      attributes: { 'data-fire': id },
      cells: [
        { nodes: [h('a', { href: `/subject/?s=fire:${id}` }, minuteInWords(f.firstSeenAt)), ...(f.simulated ? [' ', h('span', { class: 'hatched badge' }, w.simulatedShort)] : [])] },
        { nodes: [h('time', {}, minuteInWords(f.lastSeenAt)), h('small', {}, ago(now - Date.parse(f.lastSeenAt)))] },
        { nodes: [h('span', { class: `fire-state ${f.status}` }, w.fireStatus[f.status])] },
        sources, geometry.coordinates.map((n) => n.toFixed(4)).join(', '), verdict,
      ],
    };
  }));
}

export function monitorRows(monitors: readonly MonitorHealth[], now: number): HTMLElement {
  const p = pageWords();
  if (monitors.length === 0) return empty(p.noMonitors);
  const order = { silent: 0, suspect: 1, ok: 2 };
  const sorted = monitors.toSorted((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name, 'zh'));
  return h('div', {}, h('p', { class: 'quiet' }, dustWords().counts(...(['ok', 'suspect', 'silent'] as const).map((s) => monitors.filter((m) => m.state === s).length) as [number, number, number])),
    table(p.monitors, [{ title: p.monitor }, { title: 'MN' }, { title: p.state }, { title: p.reasons }, { title: p.lastData }], sorted.slice(0, mostMonitors).map((m) => ({
      attributes: { 'data-monitor': m.monitor },
      cells: [{ nodes: [h('a', { href: `/subject/?s=monitor:${m.monitor}` }, m.name)] }, m.mn, { nodes: [stateTag(m.state)] }, reasonsInWords(m.reasons).join(p.comma), m.lastDataAt === null ? dustWords().never : ago(now - Date.parse(m.lastDataAt))],
    }))), ...(sorted.length > mostMonitors ? [h('p', { class: 'quiet' }, h('a', { href: `/registers/${writeRoute(healthOf({ county: sorted[0]?.county ?? '' }))}` }, p.moreMonitors(sorted.length - mostMonitors)))] : []));
}

export function registerRows(counts: readonly RegisterCount[], county: string, known: Known): HTMLElement {
  const p = pageWords();
  const held = counts.filter((c) => c.entries > 0);
  if (held.length === 0) return empty(p.none);
  return table(p.registersTitle, [{ title: p.register }, { title: p.entries, number: true }, { title: p.openNow, number: true }, { title: p.undecidable, number: true }], held.map((c) => {
    const path = pathOf(known.catalogue, c.kind)?.replace(/^\/api\//, '') ?? null;
    const href = c.kind === 'finding' ? `/registers/${writeRoute(recordsOf('findings', { county }))}` : path === null ? null : `/registers/${writeRoute(listOf(path, { county }))}`;
    const title = kindTitle(known.catalogue, c.kind);
    return { attributes: { 'data-kind': c.kind }, cells: [{ nodes: [href === null ? title : h('a', { href }, title)] }, { number: String(c.entries) }, { number: String(c.open) }, { number: String(c.undecidable) }] };
  }));
}

export function zoneRows(zones: readonly ZoneVersion[]): HTMLElement {
  const [w, p] = [words(), pageWords()];
  if (zones.length === 0) return empty(p.noZones);
  return table(p.zones, [{ title: p.zone }, { title: p.kind }, { title: p.document }, { title: p.effective }, { title: p.area, number: true }], zones.map(({ id, properties: z }) => ({
    attributes: { 'data-zone': id },
    cells: [
      { nodes: [z.derived ? h('span', {}, z.name) : h('a', { href: `/subject/?s=zone:${id}` }, z.name), ...(z.simulated ? [' ', h('span', { class: 'hatched badge' }, w.simulatedShort)] : [])] },
      z.kindTitle[language()], z.documentNumber ?? '', z.effectiveFrom === null ? '' : `${z.effectiveFrom} – ${z.effectiveTo ?? w.untilFurther}`, { number: `${(z.areaSquareMetres / 1e6).toFixed(2)} km²` },
    ],
  })));
}

export function feedRows(feeds: readonly Feed[], now: number): HTMLElement {
  const [w, p] = [words(), pageWords()];
  if (feeds.length === 0) return empty(p.noFeeds);
  return table(p.feeds, [{ title: p.feed }, { title: p.state }, { title: p.lastData }, { title: p.today, number: true }], feeds.map((f) => ({
    cells: [{ nodes: [`${w.sources[f.sourceKind]} ${f.feed}`, ...(f.simulated ? [' ', h('span', { class: 'hatched badge' }, w.simulatedShort)] : [])] }, f.lastError === null ? p.feedStates[f.state] : `${p.feedStates[f.state]} · ${feedErrorInWords(f.lastError.code)}`, told(livelyAt(f), now), { number: w.feedToday(f.today) }],
  })));
}

const told = (at: number | null, now: number): string => (at === null ? words().noFeed : ago(now - at));
