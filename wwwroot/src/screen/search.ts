import { search, type Hit } from '../api/search';
import type { LonLat } from '../api/types';
import { kindInWords, searchWords, systemInWords } from '../i18n/search';
import { targetKinds, type MapTarget } from '../map/target';
import { h, setAttribute, setText } from './dom';
import { countyName, type Model } from './model';

const most = 12;
/** Between the last key and the question: who types on is not answered letter by letter. */
const pauseMs = 120;

type Answer = { state: 'idle' } | { state: 'asking' } | { state: 'failed' } | { state: 'found'; hits: readonly Hit[] };

/** Parts of a name, those that were asked for marked. */
export function marked(name: string, q: string): { text: string; hit: boolean }[] {
  const at = q === '' ? -1 : name.toLowerCase().indexOf(q.toLowerCase());
  if (at < 0) return [{ text: name, hit: false }];
  return [{ text: name.slice(0, at), hit: false }, { text: name.slice(at, at + q.length), hit: true }, { text: name.slice(at + q.length), hit: false }].filter((part) => part.text !== '');
}

/** The row that an arrow key leads to; past the ends it goes round. −1 is the box itself. */
export const stepped = (row: number, by: number, rows: number): number => (rows === 0 ? -1 : row < 0 ? (by > 0 ? 0 : rows - 1) : (row + by + rows) % rows);

/** What the wall can open; null for what is only a place. */
export const targetOf = ({ kind, id }: Hit): MapTarget | null => (id !== null && (targetKinds as readonly string[]).includes(kind) ? { kind: kind as MapTarget['kind'], id } : null);

/** One box for all that has a place: a combobox whose list follows the typing; `/` leads to it, Enter goes there, Esc leaves. */
export function createSearch(actions: { target(target: MapTarget): void; place(place: LonLat): void }) {
  const input = h('input', { type: 'search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', maxlength: '100', 'aria-expanded': 'false', 'aria-controls': 'found', 'aria-autocomplete': 'list' });
  const key = h('kbd', { 'aria-hidden': 'true' }, '/');
  const list = h('ul', { id: 'found', role: 'listbox' });
  const note = h('p', { role: 'status' });
  const popup = h('div', { class: 'found', hidden: '' }, list, note);
  const element = h('search', { class: 'search' }, h('label', {}, input, key), popup);

  let answer: Answer = { state: 'idle' };
  let asked = '';
  let row = -1;
  let model: Model | null = null;
  let waiting = 0;
  let asking: AbortController | null = null;

  const close = (): void => {
    clearTimeout(waiting);
    asking?.abort();
    [answer, row] = [{ state: 'idle' }, -1];
    draw();
  };
  const take = (hit: Hit): void => {
    input.value = hit.kind === 'place' ? input.value : hit.name;
    close();
    input.blur();
    const target = targetOf(hit);
    if (target !== null) actions.target(target);
    else if (hit.lon !== null && hit.lat !== null) actions.place([hit.lon, hit.lat]);
  };
  const ask = async (): Promise<void> => {
    asking?.abort();
    const q = input.value.trim();
    asked = q;
    if (q === '') {
      close();
      return;
    }
    const mine = new AbortController();
    asking = mine;
    if (answer.state !== 'found') answer = { state: 'asking' };
    draw();
    try {
      const hits = await search(q, most, AbortSignal.any([mine.signal, AbortSignal.timeout(10_000)]));
      if (asking === mine) [answer, row] = [{ state: 'found', hits }, hits.length > 0 ? 0 : -1];
    } catch {
      if (asking === mine && !mine.signal.aborted) [answer, row] = [{ state: 'failed' }, -1];
    }
    draw();
  };

  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask(), pauseMs);
  });
  input.addEventListener('focus', () => input.select());
  input.addEventListener('keydown', (event) => {
    const hits = answer.state === 'found' ? answer.hits : [];
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (answer.state === 'idle') void ask();
      else row = stepped(row, event.key === 'ArrowDown' ? 1 : -1, hits.length);
    } else if (event.key === 'Enter') {
      const hit = hits[row];
      if (hit === undefined || asked !== input.value.trim()) void ask();
      else take(hit);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (answer.state === 'idle') {
        input.value = '';
        input.blur();
      } else close();
    } else return;
    event.preventDefault();
    draw();
  });
  // Leaving the box closes its list, but not on the way into the list.
  element.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) close();
  });
  list.addEventListener('pointerdown', (event) => event.preventDefault());

  const option = (hit: Hit, index: number): HTMLElement => {
    const w = searchWords();
    const place = hit.kind === 'place';
    const where = hit.lon === null ? w.nowhere : hit.county === null ? (place ? w.outside : '') : hit.kind === 'county' || model === null ? '' : countyName(model, hit.county);
    const name = place ? [h('span', {}, `${hit.lon?.toFixed(5)}, ${hit.lat?.toFixed(5)}`)] : marked(hit.name, asked).map(({ text, hit: isHit }) => h(isHit ? 'mark' : 'span', {}, text));
    const li = h('li', { role: 'option', id: `found-${index}`, 'aria-selected': String(index === row) }, h('small', {}, place ? systemInWords(hit.name) : kindInWords(hit.kind)), h('b', {}, ...name), h('small', {}, [hit.code !== hit.county ? (hit.code ?? '') : '', where].filter((t) => t !== '').join(' · ')));
    if (hit.simulated) li.classList.add('simulated');
    li.addEventListener('click', () => take(hit));
    return li;
  };
  const draw = (): void => {
    const w = searchWords();
    popup.hidden = answer.state === 'idle';
    setAttribute(input, 'aria-expanded', String(answer.state === 'found' && answer.hits.length > 0));
    setAttribute(input, 'aria-activedescendant', row >= 0 ? `found-${row}` : null);
    list.replaceChildren(...(answer.state === 'found' ? answer.hits.map(option) : []));
    list.children[row]?.scrollIntoView({ block: 'nearest' });
    setText(note, { idle: '', asking: w.searching, failed: w.failed, found: answer.state === 'found' && answer.hits.length === 0 ? w.none(asked) : '' }[answer.state]);
  };

  return {
    element,
    focus: () => input.focus({ preventScroll: true }),
    render(next: Model): void {
      model = next;
      const w = searchWords();
      setAttribute(input, 'aria-label', w.label);
      setAttribute(list, 'aria-label', w.label);
      setAttribute(input, 'placeholder', w.hint);
    },
  };
}
