import { photoAddress, thumbnailAddress } from '../api/records';
import { openViolationsOf, undecidables, type Undecidable } from '../api/registers';
import type { Violation } from '../api/types';
import { words } from '../i18n';
import { pageWords } from '../i18n/pages';
import { recordWords } from '../i18n/records';
import { minuteInWords } from '../registers/values';
import { grounds, listed } from '../screen/caseParts';
import { missingInWords } from '../screen/catalogue';
import { h } from '../screen/dom';
import { articleOf, ruleTitle } from '../screen/rules';
import type { Known } from './known';
import { empty, table } from './table';
import type { TimelineItem } from './timeline';
import { dueOf } from './violationRows';

/** The parts of a subject's page that hang on what the rules say of it. */

export interface Rulings {
  readonly violations: readonly Violation[];
  readonly undecidable: readonly Undecidable[];
}

export async function readRulings(id: string): Promise<Rulings> {
  const [violations, { undecidable }] = await Promise.all([openViolationsOf(id), undecidables({ subject: id, limit: 1000 })]);
  return { violations, undecidable };
}

/** Who has to do what, and until when. */
export function actRows({ violations, undecidable }: Rulings, kind: string, known: Known): Node[] {
  const [w, p] = [words(), pageWords()];
  const acts = violations.map((v) => ({
    attributes: { 'data-act-on': v.id, class: v.properties.severity },
    cells: [
      { nodes: [h('b', { class: 'article' }, w.article(v.properties.article)), ' ', ruleTitle(v.properties.rule)] }, { nodes: [h('span', { class: `severity ${v.properties.severity}` }, w.severity[v.properties.severity])] },
      v.properties.responsible ?? '', listed(v.properties.lead), listed(v.properties.cooperating), { nodes: dueOf(v, known.now) },
    ],
  }));
  const waiting = undecidable.map((u) => h('li', {}, h('b', { class: 'article' }, w.article(articleOf(u.rule))), ' ', ruleTitle(u.rule), ' ', h('small', {}, p.missing(missingInWords(known.catalogue, kind, u.missing)))));
  return [
    acts.length === 0 ? h('p', { class: 'good' }, p.nothingToDo) : table(p.mustAct, [{ title: p.article }, { title: p.severity }, { title: p.responsible }, { title: p.lead }, { title: p.cooperating }, { title: p.due }], acts),
    ...(waiting.length === 0 ? [] : [h('h3', {}, p.waiting), h('ul', { class: 'waiting' }, ...waiting)]),
  ];
}

/** What each decision rests on. */
export function groundsOf(violations: readonly Violation[], known: Known): Node[] {
  if (violations.length === 0) return [empty(pageWords().noGrounds)];
  // Times with their days: paper is read on another day.
  const told = { numbers: known.numbers, catalogue: known.catalogue, now: 0 };
  return violations.map((v) => h('article', { class: 'ground' }, h('h3', {}, h('b', { class: 'article' }, words().article(v.properties.article)), ' ', ruleTitle(v.properties.rule)), ...grounds(v, told).map(asSubheading)));
}

/** A title within a section of its own stands one step lower. */
const asSubheading = (node: Node): Node => (node instanceof HTMLHeadingElement ? h('h4', {}, node.textContent) : node);

export function photosOf(hashes: readonly string[]): Node[] {
  const w = recordWords();
  if (hashes.length === 0) return [empty(w.noPhotos)];
  return [h('div', { class: 'photos' }, ...hashes.map((hash, i) => h('a', { href: photoAddress(hash), target: '_blank', rel: 'noopener' }, h('img', { src: thumbnailAddress(hash), alt: w.photo(i + 1), width: '240', height: '180' }))))];
}

export function timelineRows({ shown, left }: { shown: readonly TimelineItem[]; left: number }): HTMLElement {
  const p = pageWords();
  if (shown.length === 0) return empty(p.noTimeline);
  return h('div', {}, h('ol', { class: 'timeline' }, ...shown.map((item) => h('li', { class: item.what }, h('time', {}, minuteInWords(item.at)), h('b', {}, p.what[item.what] ?? item.what), h('span', {}, item.detail)))), ...(left > 0 ? [h('p', { class: 'quiet' }, p.moreEvents(left))] : []));
}
