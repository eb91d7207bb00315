import * as calls from '../api/calls';
import { undecidables } from '../api/registers';
import type { Subject, Violation, Zone } from '../api/types';
import { MonitorPanel } from '../dust/panel';
import { hasCurve, ViolationCurve } from '../dust/violationCurve';
import { words } from '../i18n';
import { isBurning } from '../live/state';
import type { Footprints } from '../map/footprints';
import { isSubjectKind, type SubjectKind } from '../map/kinds';
import type { MapTarget } from '../map/target';
import type { ClockText } from './caseParts';
import { kindTitle, pathOf } from './catalogue';
import { countyBody } from './countyCard';
import { h, setAttribute, setText } from './dom';
import { createFireActs } from './fireActs';
import { fireBody, fireClocks, fireTitle } from './fireCard';
import { FireReading } from './fireReading';
import { keepingPlace } from './keepingPlace';
import { countyName, type Listing, type Model } from './model';
import { Reading, type Progress } from './reading';
import { subjectBody, violationsOf, type SubjectCase } from './subjectCard';
import { violationBody, violationClocks, violationTitle } from './violationCard';
import { zoneBody } from './zoneCard';

/** The case in the middle of attention: what, which article, who answers, how long, and the verdict. */
export function createCard(actions: { close(): void; pick(target: MapTarget): void; list(listing: Listing | null): void; changed(): void; redraw(): void; footprints(shown: Footprints | null): void }) {
  const title = h('h2');
  const close = h('button', { type: 'button', class: 'close' }, '×');
  const clocks = h('p', { class: 'clocks' });
  const body = h('div', { class: 'body' });
  const retry = h('button', { type: 'button', class: 'tool' });
  const fire = new FireReading(actions.changed);
  const acts = createFireActs({ done: () => { fire.renew(); actions.changed(); }, changed: actions.redraw, pick: actions.pick });
  const element = h('article', { class: 'card', tabindex: '-1', hidden: '' }, h('header', {}, title, close), clocks, body, retry, acts.element);
  close.addEventListener('click', actions.close);
  const cases = { violation: new Reading<Violation>(actions.changed), subject: new Reading<SubjectCase>(actions.changed), zone: new Reading<Zone>(actions.changed), monitor: new Reading<Subject>(actions.changed) };
  const monitor = new MonitorPanel();
  let violationCurve: ViolationCurve | null = null;
  retry.addEventListener('click', () => {
    fire.renew();
    for (const reading of Object.values(cases)) reading.retry();
    actions.changed();
  });

  let loading: Progress = 'loading';
  let signature = '';
  let drawn = '';

  const renderFire = (id: string, model: Model): void => {
    const found = fire.show(id, model);
    loading = fire.progress;
    setText(title, found === null ? words().fire : fireTitle(found.fire, model));
    element.classList.toggle('burns', found !== null && isBurning(found.fire));
    drawClocks(found === null ? [] : fireClocks(found, model.now));
    acts.show(found, model);
    draw(`${fire.version}|${loading}|${model.catalogue !== null}|${JSON.stringify(found?.violation?.properties ?? null)}|${found?.detections.length ?? 0}|${JSON.stringify(found?.fire.properties ?? null)}`, () => (found === null || loading === 'gone' ? [] : fireBody(found, model, actions.pick)));
    drawFootprints(found === null ? null : acts.footprints(found));
  };

  const drawFootprints = (shown: Footprints | null): void => {
    const next = shown === null ? '' : JSON.stringify([shown.fire.id, shown.fire.geometry, shown.fire.properties.radiusMetres, shown.detections.map((d) => d.id), [...shown.chosen], shown.other?.id]);
    if (next === drawn) return;
    drawn = next;
    actions.footprints(shown);
  };

  const leaveFire = (model: Model): void => {
    fire.leave();
    acts.show(null, model);
    drawFootprints(null);
  };

  const renderCounty = (code: string, model: Model): void => {
    const county = model.numbers?.counties.find((c) => c.properties.code === code);
    leaveFire(model);
    loading = county === undefined ? 'loading' : 'ready';
    setText(title, countyName(model, code));
    element.classList.toggle('burns', (county?.properties.summary.burning ?? 0) > 0);
    drawClocks([]);
    const minute = Math.floor(model.now / 60_000);
    draw(`${code}|${model.state?.seq}|${minute}|${JSON.stringify([county?.properties.summary, model.listing])}`, () => (county === undefined ? [] : countyBody(county, model, actions)));
  };

  /** What has no verdict and no timeline: a title, clocks, and a body drawn from what was read and what is live. */
  const renderCase = (progress: Progress, said: { title: string; clocks: ClockText[]; version: string; hot: boolean }, model: Model, nodes: () => Node[]): void => {
    leaveFire(model);
    loading = progress;
    setText(title, said.title);
    element.classList.toggle('burns', said.hot);
    drawClocks(said.clocks);
    draw(said.version, nodes);
  };

  const renderViolation = (id: string, model: Model): void => {
    const live = model.state?.violations.get(id);
    // An open one is in the live log; another one was closed, or is no longer simulated away.
    if (live === undefined && model.state !== null && model.link !== 'dead') cases.violation.want(id, String(model.touched), () => calls.violation(id));
    const violation = live ?? (cases.violation.value?.id === id ? cases.violation.value : null);
    const progress = live === undefined ? cases.violation.progress : 'ready';
    const curve = violation === null ? null : curveOf(violation, model);
    const minute = Math.floor(model.now / 60_000);
    const version = `${id}|${progress}|${minute}|${curve !== null}|${model.catalogue !== null}|${JSON.stringify(violation?.properties ?? null)}`;
    renderCase(progress, { title: violation === null ? words().violation : violationTitle(violation, model), clocks: violation === null ? [] : violationClocks(violation, model.now), version, hot: violation?.properties.severity === 'critical' && violation.properties.status === 'open' }, model,
      () => (violation === null || progress === 'gone' ? [] : violationBody(violation, model, actions.pick, curve === null ? [] : [curve.element])));
  };

  /** Where a violation rests on a curve: once it is known which monitor it is of. */
  const curveOf = (violation: Violation, model: Model): ViolationCurve | null => {
    const path = pathOf(model.catalogue, 'monitor');
    if (!hasCurve(violation) || path === null) return null;
    const { id } = violation.properties.subject;
    cases.monitor.want(id, 'once', () => calls.subject(path, id));
    const mn = cases.monitor.value?.id === id ? cases.monitor.value.properties['mn'] : null;
    if (typeof mn !== 'string') return null;
    const version = JSON.stringify([violation.properties.closedAt, violation.properties.severity]);
    if (violationCurve?.of !== `${violation.id}|${version}`) violationCurve = new ViolationCurve(violation, `${violation.id}|${version}`);
    violationCurve.show(violation, mn, model.now, model.touched);
    return violationCurve;
  };

  const renderSubject = (kind: SubjectKind, id: string, model: Model): void => {
    const path = pathOf(model.catalogue, kind);
    if (path !== null && model.link !== 'dead') {
      cases.subject.want(`${kind}:${id}`, model.touched, async () => {
        const [subject, waiting] = await Promise.all([calls.subject(path, id), undecidables({ subject: id, limit: 100 })]);
        return { kind, subject, undecidable: waiting.undecidable };
      });
    }
    const reading = cases.subject;
    const current = path === null || reading.value?.subject.id !== id ? null : reading.value;
    const violations = violationsOf(model, id);
    const progress = path === null ? 'loading' : reading.progress;
    const mn = kind === 'monitor' ? current?.subject.properties['mn'] : null;
    const panel = current !== null && typeof mn === 'string' ? [monitor.element] : [];
    if (current !== null && typeof mn === 'string') monitor.show({ id, mn, county: current.subject.properties.county, exceeding: violations.some((v) => v.properties.rule === 'A28.Dust'), version: model.touched });
    const version = `${kind}:${id}|${progress}|${Math.floor(model.now / 60_000)}|${JSON.stringify([current?.subject.properties, current?.undecidable, violations.map((v) => v.properties)])}`;
    renderCase(progress, { title: current?.subject.properties.name ?? kindTitle(model.catalogue, kind), clocks: [], version, hot: violations[0]?.properties.severity === 'critical' }, model,
      () => (current === null || progress === 'gone' ? [] : subjectBody(current, model, actions.pick, panel)));
  };

  const renderZone = (id: string, model: Model): void => {
    const derived = model.radii.find((circle) => circle.id === id) as Zone | undefined;
    const isRadius = id.startsWith('heat-radius-');
    if (!isRadius && model.link !== 'dead') cases.zone.want(id, model.touched, () => calls.zone(id));
    const zone = derived ?? (cases.zone.value?.id === id ? cases.zone.value : null);
    const progress = isRadius ? (derived === undefined ? 'gone' : 'ready') : cases.zone.progress;
    const version = `${id}|${progress}|${model.state?.seq}|${Math.floor(model.now / 60_000)}|${model.catalogue !== null}|${JSON.stringify(zone?.properties ?? null)}`;
    renderCase(progress, { title: zone?.properties.name ?? words().zone, clocks: [], version, hot: false }, model, () => (zone === null || progress === 'gone' ? [] : zoneBody(zone, model, actions.pick)));
  };

  const drawClocks = (texts: ClockText[]): void => {
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
    keepingPlace(body, () => body.replaceChildren(...(problem === '' ? [] : [h('p', { class: 'empty' }, problem)]), ...nodes()));
  };

  const render = (model: Model): void => {
    element.hidden = model.selected === null;
    if (model.selected === null) leaveFire(model);
    setAttribute(close, 'aria-label', words().close);
    const { kind, id } = model.selected ?? { kind: 'county', id: '' };
    if (kind === 'fire') renderFire(id, model);
    else if (kind === 'violation') renderViolation(id, model);
    else if (kind === 'zone') renderZone(id, model);
    else if (isSubjectKind(kind)) renderSubject(kind, id, model);
    else if (id !== '') renderCounty(id, model);
    setAttribute(element, 'aria-label', title.textContent);
  };
  return { element, render, cancel: acts.cancel, takes: acts.takes };
}
