import { entries, type Entry, type Register } from '../api/registers';
import { deskWords } from '../i18n/registers';
import { h } from '../screen/dom';
import { rights } from '../session/rights';
import { may } from '../session/session';
import { entryOf, listOf, writeRoute } from './route';
import { childrenOf, registerPath, titleOf, type Desk } from './view';

const shown = 5;

/** What belongs to an entry: the machines, monitors and inspections of a site, the stations of a park. */
export class Belongings {
  readonly element = h('section', { class: 'belongings panel' });
  private readonly kinds: readonly Register[];
  private readonly found = new Map<string, { rows: Entry[]; more: boolean }>();

  constructor(
    desk: Desk,
    register: Register,
    private readonly id: string,
  ) {
    this.kinds = childrenOf(desk, register);
    this.element.hidden = this.kinds.length === 0;
    this.read();
  }

  /** How many of each kind there are, as far as they were read; for saying what a deletion leaves behind. */
  get counts(): { register: Register; count: number; more: boolean }[] {
    return this.kinds.flatMap((register) => {
      const found = this.found.get(register.kind);
      return found === undefined || found.rows.length === 0 ? [] : [{ register, count: found.rows.length, more: found.more }];
    });
  }

  read(): void {
    for (const kind of this.kinds) {
      void entries(kind, { parent: this.id, limit: shown }).then((page) => {
        this.found.set(kind.kind, { rows: page.features, more: page.next !== null });
        this.render();
      }, () => {});
    }
  }

  render(): void {
    const w = deskWords();
    this.element.replaceChildren(h('h2', {}, w.belonging), ...this.kinds.map((kind) => {
      const path = registerPath(kind);
      const found = this.found.get(kind.kind);
      const add = h('a', { class: 'link', href: writeRoute(entryOf(path, null, { parent: this.id })), 'data-add': kind.kind }, `+ ${w.addBelonging}`);
      return h('div', { class: 'belonging' }, h('h3', {}, h('a', { href: writeRoute(listOf(path, { parent: this.id })) }, titleOf(kind)), ` ${found === undefined ? '' : `${found.rows.length}${found.more ? '+' : ''}`} `, ...(may(rights.registers) ? [add] : [])),
        h('ul', {}, ...(found?.rows ?? []).map((row) => h('li', {}, h('a', { href: writeRoute(entryOf(path, row.id)) }, row.properties.name)))));
    }));
  }
}
