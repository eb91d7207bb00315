import { entries, openViolationsOf } from '../api/registers';
import { MonitorPanel, type MonitorShown } from '../dust/panel';
import { pageWords } from '../i18n/pages';
import { h } from '../screen/dom';
import type { Known } from './known';
import type { SubjectFile } from './subjectFile';
import { empty } from './table';

/** A site has two or three; more curves than that nobody compares on one page. */
const most = 4;

interface Found extends Omit<MonitorShown, 'version'> {
  readonly name: string;
}

/** The curves of a monitor, or of the monitors of a site. */
export class Readings {
  private readonly panels = new Map<string, MonitorPanel>();
  private version = 0;

  async read(file: SubjectFile, { catalogue }: Known): Promise<Found[]> {
    this.version += 1;
    const book = catalogue.registers.find((r) => r.kind === 'monitor');
    const found: Found[] = file.mn !== null ? [{ id: file.id, mn: file.mn, county: file.county, exceeding: false, name: '' }]
      : book === undefined ? [] : (await entries(book, { parent: file.id, limit: most })).features.flatMap(({ id, properties: p }) => (typeof p['mn'] === 'string' ? [{ id, mn: p['mn'], county: p.county, exceeding: false, name: p.name }] : []));
    const exceeding = await Promise.all(found.map(async (m) => (await openViolationsOf(m.id)).some((v) => v.properties.rule === 'A28.Dust')));
    return found.map(({ id, mn, county, name }, i) => ({ id, mn, county, name, exceeding: exceeding[i] ?? false }));
  }

  show(found: readonly Found[]): Node[] {
    if (found.length === 0) return [empty(pageWords().noMonitors)];
    return found.flatMap((monitor) => {
      const panel = this.panels.get(monitor.id) ?? new MonitorPanel();
      this.panels.set(monitor.id, panel);
      panel.show({ ...monitor, version: String(this.version) });
      return [...(monitor.name === '' ? [] : [h('h3', {}, h('a', { href: `/subject/?s=monitor:${monitor.id}` }, monitor.name))]), h('div', { class: 'measured' }, panel.element)];
    });
  }
}
