import * as calls from '../api/calls';
import { ApiProblem } from '../api/http';
import { words } from '../i18n';
import { isBurning } from '../live/state';
import type { MapTarget } from '../map/target';
import { countyBody } from './countyCard';
import { h, setAttribute, setText } from './dom';
import { fireBody, fireClocks, fireTitle, type FireCase } from './fireCard';
import { countyName, type Model } from './model';
import { createVerdict } from './verdict';

type Loading = 'loading' | 'gone' | 'failed' | 'ready';

/** The case in the middle of attention: what, which article, who answers, how long, and the verdict. */
export function createCard(actions: { close(): void; pick(target: MapTarget): void; changed(): void }) {
  const title = h('h2');
  const close = h('button', { type: 'button', class: 'close' }, '×');
  const clocks = h('p', { class: 'clocks' });
  const body = h('div', { class: 'body' });
  const retry = h('button', { type: 'button', class: 'tool' });
  const verdict = createVerdict({ done: () => { shownVersion = ''; actions.changed(); } });
  const element = h('article', { class: 'card', tabindex: '-1', hidden: '' }, h('header', {}, title, close), clocks, body, retry, verdict.element);
  close.addEventListener('click', actions.close);
  retry.addEventListener('click', () => { shownVersion = ''; actions.changed(); });

  let loading: Loading = 'loading';
  let found: FireCase | null = null;
  /** The version of the fire that was loaded with its details; empty asks for loading again. */
  let shownVersion = '';
  let signature = '';

  const load = async (id: string, version: string): Promise<void> => {
    shownVersion = version;
    try {
      const [fire, list] = await Promise.all([calls.fire(id), calls.detections(id)]);
      const violation = fire.properties.violation === null ? null : await calls.violation(fire.properties.violation);
      if (shownVersion !== version) return;
      found = { fire, violation, detections: list.features };
      loading = 'ready';
    } catch (error) {
      if (shownVersion !== version) return;
      loading = error instanceof ApiProblem && error.status === 404 ? 'gone' : 'failed';
    }
    actions.changed();
  };

  const renderFire = (id: string, model: Model): void => {
    const live = model.state?.fires.get(id);
    const liveViolation = live?.properties.violation ? model.state?.violations.get(live.properties.violation) : undefined;
    const version = `${id}|${live === undefined ? 'ended' : JSON.stringify(live.properties)}`;
    if (found?.fire.id !== id) {
      found = live === undefined ? null : { fire: live, violation: liveViolation ?? null, detections: [] };
      loading = live === undefined ? 'loading' : 'ready';
      shownVersion = '';
    } else if (live !== undefined) {
      found = { ...found, fire: live, violation: liveViolation ?? found.violation };
    }
    if (shownVersion !== version && model.link !== 'dead') void load(id, version);
    setText(title, found === null ? words().fire : fireTitle(found.fire, model));
    element.classList.toggle('burns', found !== null && isBurning(found.fire));
    drawClocks(found === null ? [] : fireClocks(found, model.now));
    verdict.show(found?.fire ?? null);
    const current = found;
    draw(`${version}|${loading}|${JSON.stringify(found?.violation?.properties ?? null)}|${found?.detections.length ?? 0}|${found?.fire.properties.status ?? ''}`, () => (current === null ? [] : fireBody(current, model)));
  };

  const renderCounty = (code: string, model: Model): void => {
    const county = model.numbers?.counties.find((c) => c.properties.code === code);
    found = null;
    shownVersion = '';
    loading = county === undefined ? 'loading' : 'ready';
    setText(title, countyName(model, code));
    element.classList.toggle('burns', (county?.properties.summary.burning ?? 0) > 0);
    drawClocks([]);
    verdict.show(null);
    const minute = Math.floor(model.now / 60_000);
    draw(`${code}|${model.state?.seq}|${minute}|${JSON.stringify(county?.properties.summary ?? null)}`, () => (county === undefined ? [] : countyBody(county, model, actions.pick)));
  };

  const drawClocks = (texts: { text: string; kind: string }[]): void => {
    const said = texts.map((t) => t.text).join('|');
    clocks.hidden = texts.length === 0;
    if (clocks.dataset['said'] === said) return;
    clocks.dataset['said'] = said;
    clocks.replaceChildren(...texts.map(({ text, kind }) => h('span', { class: kind }, text)));
  };
  const draw = (next: string, nodes: () => Node[]): void => {
    const w = words();
    retry.hidden = loading !== 'failed';
    setText(retry, w.retry);
    const full = `${w.appName}|${next}`;
    if (full === signature) return;
    signature = full;
    const problem = { loading: w.cardLoading, gone: w.cardGone, failed: w.cardFailed, ready: '' }[loading];
    body.replaceChildren(...(problem === '' ? [] : [h('p', { class: 'empty' }, problem)]), ...nodes());
  };

  const render = (model: Model): void => {
    element.hidden = model.selected === null;
    setAttribute(close, 'aria-label', words().close);
    if (model.selected?.kind === 'fire') renderFire(model.selected.id, model);
    else if (model.selected?.kind === 'county') renderCounty(model.selected.id, model);
    setAttribute(element, 'aria-label', title.textContent);
  };
  return { element, render };
}
