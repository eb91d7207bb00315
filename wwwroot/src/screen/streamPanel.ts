import { words } from '../i18n';
import { filterWords } from '../i18n/filter';
import { clock, duration, hourMinute, moment } from '../i18n/time';
import type { StreamRow } from '../live/stream';
import type { MapTarget } from '../map/target';
import { h, keyed, setText } from './dom';
import { isFiltered } from './filter';
import { countyName, type Model } from './model';
import { ruleTitle } from './rules';
import { subjectName } from './subjectName';

const shown = 60; // rows in the page; the state keeps more
const freshMs = 90_000;

export function rowTitle(row: StreamRow): string {
  const w = words();
  switch (row.what) {
    case 'fire':
      return w.streamFire[row.status ?? 'suspected'];
    case 'violation':
      return row.rule === null ? w.streamViolation : ruleTitle(row.rule);
    case 'ended':
      return row.status === 'refuted' ? w.streamEnded.refuted : w.streamEnded.out;
    case 'closed':
      return `${row.rule === null ? w.streamViolation : ruleTitle(row.rule)} · ${w.streamClosed}`;
    case 'lapsed':
      return w.streamLapsed;
    case 'confirmed':
      return w.streamConfirmed;
    case 'imported':
      return w.streamImported(row.count ?? 0);
    case 'cleared':
      return w.streamCleared;
    case 'feed':
      return w.streamFeed;
    case 'feedBack':
      return w.streamFeedBack;
    case 'silent':
      return w.streamSilent;
    case 'back':
      return w.streamBack;
  }
}

/** Who answers, by what it was seen, how long it lasted: the second line. */
export function rowDetail(row: StreamRow, model: Model): string {
  const w = words();
  const parts: string[] = [];
  if (row.what === 'fire' && row.sources.length > 0) parts.push(row.sources.map((s) => w.sources[s as keyof typeof w.sources] ?? s).join(' + '));
  if (row.status === 'suspected' && row.what === 'fire' && row.radiusMetres !== null && row.radiusMetres >= 100) parts.push(w.uncertain(Math.round(row.radiusMetres)));
  const subject = row.subject === null ? null : subjectName(row.subject, model);
  if (subject !== null) parts.push(subject);
  if (row.lastedMs !== null) parts.push(w.lasted(duration(row.lastedMs)));
  if (row.who !== null) parts.push(row.who);
  return parts.join(' · ');
}

export function createStream(actions: { pick(target: MapTarget): void }) {
  const title = h('h2');
  const list = h('ol', { tabindex: '-1' });
  const empty = h('p', { class: 'empty' });
  const element = h('section', { class: 'panel stream', id: 'stream' }, title, list, empty);
  const targets = new WeakMap<HTMLElement, MapTarget>();

  const create = (): HTMLLIElement => {
    const button = h('button', { type: 'button', 'data-row': 'stream' }, h('time'), h('span', { class: 'what' }), h('span', { class: 'article' }), h('span', { class: 'who' }));
    button.addEventListener('click', () => {
      const target = targets.get(button);
      if (target !== undefined) actions.pick(target);
    });
    return h('li', {}, button);
  };
  const update = (li: HTMLLIElement, row: StreamRow, model: Model): void => {
    const w = words();
    const button = li.firstElementChild as HTMLElement;
    const [time, what, article, who] = [...button.children] as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    const at = Date.parse(row.at);
    const target = targetOf(row);
    if (target !== null) targets.set(button, target);
    li.className = rowClass(row, model.now - at, target !== null && model.selected?.id === target.id);
    setText(time, model.now - at < 86_400_000 && hourMinute(at) !== '' && sameDay(at, model.now) ? clock(at) : moment(at, model.now));
    const county = row.county === null ? '' : countyName(model, row.county);
    const said = `${county}|${rowTitle(row)}|${row.simulated}|${w.simulatedShort}`;
    if (what.dataset['said'] !== said) {
      what.dataset['said'] = said;
      what.replaceChildren(...(county === '' ? [] : [h('b', {}, county)]), rowTitle(row), ...(row.simulated ? [h('span', { class: 'hatched' }, w.simulatedShort)] : []));
    }
    const known = explained(row, model);
    setText(article, known.article === null ? '' : w.article(known.article));
    setText(who, rowDetail(known, model));
  };

  const render = (model: Model): void => {
    const w = words();
    const rows = (model.state?.stream ?? []).slice(0, shown);
    setText(title, model.replay === null ? w.streamTitle : w.streamReplayed);
    empty.hidden = rows.length > 0;
    list.hidden = rows.length === 0;
    setText(empty, model.state === null ? w.loading : isFiltered(model.filter) ? filterWords().noStream : w.streamEmpty);
    keyed(list, rows, (r) => r.key, create, (li, row) => update(li, row, model));
  };
  return { element, render, toTop: () => list.scrollTo({ top: 0 }) };
}

/** The card that a line opens: the case itself, and the county only where the line is about none. */
export function targetOf({ fire, violation, county, subject }: StreamRow): MapTarget | null {
  if (fire !== null) return { kind: 'fire', id: fire };
  if (violation !== null) return { kind: 'violation', id: violation };
  if (subject?.kind === 'monitor') return { kind: 'monitor', id: subject.id };
  return county === null ? null : { kind: 'county', id: county };
}

/** A line whose own events named no article takes it from the violation that is still open. */
function explained(row: StreamRow, model: Model): StreamRow {
  if (row.article !== null || row.fire === null) return row;
  const open = model.state?.violations.get(model.state.fires.get(row.fire)?.properties.violation ?? '')?.properties;
  return open === undefined ? row : { ...row, article: open.article, who: open.responsible };
}

const sameDay = (a: number, b: number): boolean => moment(a, b) === hourMinute(a);

function rowClass(row: StreamRow, age: number, selected: boolean): string {
  const kind = row.what === 'ended' || row.what === 'closed' || row.what === 'back' || row.what === 'feedBack' ? 'done' : row.what === 'imported' || row.what === 'cleared' || row.what === 'feed' || row.what === 'silent' ? 'info' : row.severity === 'critical' || (row.what === 'fire' && row.severity === null) ? 'critical' : row.severity === 'serious' ? 'serious' : '';
  const suspected = row.what === 'fire' && row.status === 'suspected' ? ' suspected' : '';
  return `${kind}${suspected}${age < freshMs && kind === 'critical' ? ' fresh' : ''}${selected ? ' selected' : ''}`;
}
