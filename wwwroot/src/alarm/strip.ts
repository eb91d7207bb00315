import type { Alarm } from '../api/alarms';
import { words } from '../i18n';
import { alarmWords } from '../i18n/alarms';
import { duration, moment } from '../i18n/time';
import type { Alarms } from '../live/alarms';
import { h, keyed, setAttribute, setText } from '../screen/dom';
import { countyName, type Model } from '../screen/model';
import { ruleTitle } from '../screen/rules';
import { subjectName } from '../screen/subjectName';
import type { Siren } from './siren';

/** How long everybody is shown who saw to an alarm. */
export const settledMs = 30_000;

export interface StripActions {
  acknowledge(alarm: Alarm): void;
  show(alarm: Alarm): void;
  /** Leaves the past. */
  live(): void;
  sound(): void;
}

/** What the strip is told beside the model. */
export interface Told {
  alarms: Alarms;
  /** Whether this screen may acknowledge. */
  may: boolean;
  /** Alarms whose acknowledgement is on its way. */
  busy: ReadonlySet<string>;
  problem: string | null;
}

/** 洪洞县 露天焚烧 */
export const whatOf = ({ properties: p }: Alarm, model: Model): string => `${countyName(model, p.county)} ${ruleTitle(p.rule)}`;

/** One line of the list, or the strip's own: what, where, since when, who. */
function fill(place: HTMLElement, alarm: Alarm, model: Model): void {
  const { properties: p } = alarm;
  const [w, a] = [words(), alarmWords()];
  place.className = `what ${p.severity}`;
  const [sign, severity, what, badge, since, who] = [...place.children] as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  sign.className = `severity ${p.severity}`;
  setText(severity, w.severity[p.severity]);
  setText(what, whatOf(alarm, model));
  badge.hidden = !p.simulated;
  setText(badge, w.simulatedShort);
  const name = p.subject.kind === 'fire' ? null : subjectName(p.subject, model);
  const opened = Date.parse(p.openedAt);
  setText(since, [w.article(p.article), a.since(moment(opened, model.now), duration(model.now - opened))].join(' · '));
  setText(who, [...(name === null ? [] : [name]), a.answers(p.responsible)].join(' · '));
}

const createWhat = (): HTMLElement => h('div', { class: 'what' }, h('i', { class: 'severity', 'aria-hidden': 'true' }), h('b'), h('strong'), h('span', { class: 'hatched' }), h('span', { class: 'since' }), h('span', { class: 'who' }));

/** The strip over the map: the oldest open alarm with its button, how many more, who saw to the last one, and the state of the sound. */
export function createAlarmStrip(siren: Siren, actions: StripActions) {
  const said = h('p', { class: 'unseen', role: 'alert' });
  const what = createWhat();
  what.id = 'alarm-now';
  const show = h('button', { type: 'button', class: 'show' });
  const live = h('button', { type: 'button', class: 'live' });
  const more = h('button', { type: 'button', class: 'more', 'aria-expanded': 'false', 'aria-controls': 'alarms' });
  const acknowledge = h('button', { type: 'button', class: 'acknowledge', 'aria-describedby': 'alarm-now' });
  const mayNot = h('p', { class: 'may-not' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const settled = h('p', { class: 'settled', role: 'status' });
  const sound = h('button', { type: 'button', class: 'sound' });
  const rows = h('ol', { id: 'alarms', hidden: '' });
  const first = h('div', { class: 'first' }, what, h('div', { class: 'buttons' }, show, live, more, acknowledge, mayNot));
  const element = h('section', { class: 'alarm quiet' }, said, first, rows, problem, h('div', { class: 'foot' }, settled, sound));
  let shown: Alarm | null = null;
  let others: readonly Alarm[] = [];

  show.addEventListener('click', () => { if (shown !== null) actions.show(shown); });
  live.addEventListener('click', actions.live);
  acknowledge.addEventListener('click', () => { if (shown !== null) actions.acknowledge(shown); });
  sound.addEventListener('click', actions.sound);
  more.addEventListener('click', () => open(rows.hidden !== false));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || rows.hidden !== false) return;
    event.stopPropagation();
    open(false);
    more.focus();
  });
  const open = (is: boolean): void => {
    rows.hidden = !is;
    setAttribute(more, 'aria-expanded', String(is));
  };

  const createRow = (): HTMLLIElement => {
    const row = h('li', {}, createWhat(), h('button', { type: 'button', class: 'show' }), h('button', { type: 'button', class: 'acknowledge' }));
    const its = (act: (alarm: Alarm) => void) => () => {
      const alarm = others.find((one) => one.id === row.dataset['key']);
      if (alarm !== undefined) act(alarm);
    };
    row.children[1]?.addEventListener('click', its(actions.show));
    row.children[2]?.addEventListener('click', its(actions.acknowledge));
    return row;
  };
  const fillButtons = (seen: HTMLElement, button: HTMLButtonElement, alarm: Alarm, told: Told, model: Model): void => {
    const a = alarmWords();
    setText(seen, a.show);
    setAttribute(seen, 'aria-label', `${a.show} ${whatOf(alarm, model)}`);
    button.hidden = !told.may;
    button.setAttribute('aria-disabled', String(told.busy.has(alarm.id)));
    const text = told.busy.has(alarm.id) ? a.acknowledging : a.acknowledge;
    // The first one has a key of its own.
    if (button.dataset['said'] !== text) button.replaceChildren(text, ...(button === acknowledge ? [h('kbd', { 'aria-hidden': 'true' }, 'A')] : []));
    button.dataset['said'] = text;
    // What the first one is about stands beside it; a name that leaves the key out would be another than the one that is seen.
    if (button !== acknowledge) setAttribute(button, 'aria-label', `${text} ${whatOf(alarm, model)}`);
  };

  const renderOpen = (told: Told, model: Model): void => {
    const [w, a] = [words(), alarmWords()];
    [shown = null, ...others] = told.alarms.open;
    first.hidden = shown === null;
    element.classList.toggle('quiet', shown === null);
    if (shown !== null) {
      fill(what, shown, model);
      fillButtons(show, acknowledge, shown, told, model);
      element.dataset['severity'] = shown.properties.severity;
    }
    // Told once: an age that runs would never stop talking.
    setText(said, shown === null ? '' : a.raised(w.severity[shown.properties.severity], countyName(model, shown.properties.county), ruleTitle(shown.properties.rule)));
    live.hidden = model.replay === null;
    setText(live, a.live);
    more.hidden = others.length === 0;
    setText(more, a.more(others.length));
    if (others.length === 0) open(false);
    setAttribute(rows, 'aria-label', a.list);
    keyed(rows, others, (alarm) => alarm.id, createRow, (row, alarm) => {
      fill(row.children[0] as HTMLElement, alarm, model);
      fillButtons(row.children[1] as HTMLElement, row.children[2] as HTMLButtonElement, alarm, told, model);
    });
    mayNot.hidden = told.may;
    setText(mayNot, a.mayNot);
    problem.hidden = told.problem === null;
    setText(problem, told.problem ?? '');
  };

  const renderSettled = ({ settled: last }: Alarms, model: Model): void => {
    const p = last?.properties;
    const at = Date.parse((p?.status === 'ended' ? p.endedAt : p?.acknowledgedAt) ?? '');
    const isNews = last !== null && p !== undefined && model.now - at < settledMs;
    settled.hidden = !isNews;
    const a = alarmWords();
    setText(settled, !isNews ? '' : p.status === 'ended' ? a.ended(moment(at, model.now), whatOf(last, model)) : a.acknowledged(p.acknowledgedBy ?? '', moment(at, model.now), whatOf(last, model)));
  };

  const renderSound = (): void => {
    const a = alarmWords();
    const state = siren.isMuted ? 'muted' : siren.isReady ? 'on' : 'off';
    sound.className = `sound ${state}`;
    const text = { muted: `${a.muted} · ${a.unmute}`, on: siren.state === 'sounding' ? `${a.sounding} · ${a.mute}` : a.soundOn, off: a.soundOff }[state];
    setText(sound, text);
    sound.title = { muted: a.unmute, on: a.mute, off: a.soundOff }[state];
    setAttribute(sound, 'aria-label', state === 'on' ? `${text} · ${a.mute}` : text);
  };

  return {
    element,
    render(told: Told, model: Model): void {
      setAttribute(element, 'aria-label', alarmWords().region);
      renderOpen(told, model);
      renderSettled(told.alarms, model);
      renderSound();
    },
    isSoundButton: (target: EventTarget | null): boolean => target instanceof Node && sound.contains(target),
    /** The keys lead nowhere once what they were on is gone. */
    get holdsFocus(): boolean {
      return element.contains(document.activeElement);
    },
  };
}
