import { entries, type Entry, type Register } from '../api/registers';
import { pageWords } from '../i18n/pages';
import { listOf, writeRoute } from '../registers/route';
import { registerPath, titleOf } from '../registers/view';
import { h } from '../screen/dom';
import type { Known } from './known';
import { empty } from './table';

const most = 100;

interface Found {
  readonly register: Register;
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

/** What belongs to an entry: machines, monitors and inspections of a site, stations of a park. */
export class Belongings {
  private of = '';

  async read(kind: string, id: string, { catalogue }: Known): Promise<Found[]> {
    this.of = id;
    const children = catalogue.registers.filter((r) => r.parentKind === kind && r.path !== '');
    return Promise.all(children.map(async (register) => {
      const page = await entries(register, { parent: id, limit: most });
      return { register, entries: page.features, more: page.next !== null };
    }));
  }

  show(found: readonly Found[]): Node[] {
    const held = found.filter((f) => f.entries.length > 0);
    if (held.length === 0) return [empty(pageWords().noBelongings)];
    return held.map(({ register, entries: list, more }) => h('div', { class: 'belonging' },
      h('h3', {}, h('a', { href: `/registers/${writeRoute(listOf(registerPath(register), { parent: this.of }))}` }, titleOf(register)), ` ${list.length}${more ? '+' : ''}`),
      h('ul', {}, ...list.map((e) => h('li', {}, h('a', { href: `/subject/?s=${register.kind}:${e.id}` }, e.properties.name))))));
  }
}
