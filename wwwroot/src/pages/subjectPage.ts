import { ApiProblem } from '../api/http';
import { violationsPage } from '../api/pages';
import { positionsOf } from '../api/registers';
import type { LogEvent, Violation } from '../api/types';
import { words } from '../i18n';
import { pageWords } from '../i18n/pages';
import { concerns } from '../live/concerns';
import { boundsOf } from '../map/shapes';
import { targetKinds } from '../map/target';
import { entryOf, writeRoute } from '../registers/route';
import { countyName } from '../screen/model';
import { pathOf } from '../screen/catalogue';
import { h } from '../screen/dom';
import { readEntry } from './entryFile';
import { readKnown, type Known } from './known';
import { readFindingFile, readFire, readZone } from './otherFiles';
import type { Composition, Refusal } from './page';
import { PagedList } from './pagedList';
import { Section, type Part } from './section';
import { actRows, groundsOf, photosOf, readRulings, timelineRows } from './subjectParts';
import { Belongings } from './belongings';
import type { SubjectFile } from './subjectFile';
import { PlaceFigure } from './placeFigure';
import { Readings } from './readings';
import { told } from './table';
import { timelineOf, violationItems } from './timeline';
import { violationRows } from './violationRows';

/** So many of the newest violations make the timeline. */
const inTimeline = 200;

/** `/subject/?s=boiler:ID`: everything about one subject, of whatever kind. */
export async function composeSubject(text: string): Promise<Composition | Refusal> {
  const p = pageWords;
  const [kind = '', id = ''] = text.split(':');
  const isNamed = (kind === 'inspection' || (targetKinds as readonly string[]).includes(kind)) && /^[\w-]{1,64}$/.test(id);
  if (kind === 'county') location.replace(`/county/?c=${id}`);
  if (!isNamed || kind === 'county' || kind === 'violation') {
    return { code: 'none', refusal: () => ({ title: p().chooseSubject, body: [h('p', { class: 'buttons' }, h('a', { class: 'button', href: '/' }, words().appName), h('a', { class: 'button', href: '/registers/' }, p().registers))] }) };
  }
  const known = await readKnown(true);
  const file = await readFile(kind, id, known);
  return file === null ? { code: 'gone', refusal: () => ({ title: p().noSubject, body: [h('p', { class: 'buttons' }, h('a', { class: 'button', href: '/registers/' }, p().registers))] }) } : new SubjectPage(known, file);
}

/** Null where there is none, or none that one may see: the server tells the two alike. */
async function readFile(kind: string, id: string, known: Known): Promise<SubjectFile | null> {
  try {
    if (kind === 'fire') return await readFire(id, known);
    if (kind === 'zone') return await readZone(id, known);
    if (kind === 'finding') return await readFindingFile(id, known);
    const register = known.catalogue.registers.find((r) => r.kind === kind);
    return register === undefined ? null : await readEntry(register, id, known);
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 404 || error.status === 403)) return null;
    throw error;
  }
}

class SubjectPage implements Composition {
  readonly sections: readonly Section[];
  private readonly violations: PagedList<Violation>;
  private readonly place = new PlaceFigure();
  private readonly readings = new Readings();
  private readonly belongings = new Belongings();

  constructor(
    private readonly known: Known,
    private file: SubjectFile,
  ) {
    const { kind, id } = file;
    this.violations = new PagedList({
      id: 'violations',
      first: (limit) => violationsPage(kind === 'zone' ? { status: 'open', bbox: this.bounds, limit } : { subject: id, limit }),
      draw: (items) => violationRows(kind === 'zone' ? items.filter((v) => v.properties.zone?.id === id) : items, this.known, { subject: kind === 'zone', state: kind !== 'zone' }),
      total: () => null,
      title: () => pageWords().allViolations,
      none: () => pageWords().noViolations,
    });
    this.sections = this.parts().map((part) => new Section(part as Part<unknown>));
    this.violations.restart();
  }

  head() {
    const p = pageWords();
    const { file, known } = this;
    const path = pathOf(known.catalogue, file.kind)?.replace(/^\/api\//, '');
    const links = [
      { text: p.onMap, href: `/#s=${file.kind}:${file.id}` },
      ...(path === undefined || file.kind === 'inspection' ? [] : [{ text: p.inRegister, href: `/registers/${writeRoute(entryOf(path, file.id))}` }]),
    ];
    const county = file.county === null ? { text: p.registers, href: '/registers/' } : { text: countyName(known, file.county), href: `/county/?c=${file.county}` };
    return { crumb: county, title: file.name, simulated: file.simulated, tags: [...file.tags.map((t) => h('span', {}, t)), ...(file.deleted ? [h('span', { class: 'chip warn' }, p.deleted)] : [])], links: file.deleted ? [] : links };
  }

  async renew(events: readonly LogEvent[] | null): Promise<Composition | Refusal | null> {
    if (events !== null && !events.some((e) => this.isOld(e))) return null;
    const { kind, id } = this.file;
    const file = await readFile(kind, id, this.known);
    if (file === null) return composeSubject(`${kind}:${id}`);
    this.file = file;
    this.violations.again();
    return this;
  }

  private isOld = (event: LogEvent): boolean => concerns(event, this.file.id) || event.id === this.file.id || (event.type.startsWith('subject.') && JSON.stringify(event.data).includes(this.file.id));

  /** West, south, east, north of a zone. */
  private get bounds(): string {
    const { left, top, right, bottom } = boundsOf(positionsOf(this.file.geometry));
    return [left, top, right, bottom].map((n) => n.toFixed(6)).join();
  }

  private parts(): Part<never>[] {
    const { file, known, isOld } = this;
    const { kind, id } = file;
    const p = pageWords;
    const part = <T>(given: Part<T>): Part<never> => given as unknown as Part<never>;
    const nothing = { read: () => Promise.resolve(null), isOld: () => false };
    const rulings = { read: () => readRulings(id), isOld };
    const hasRulings = kind !== 'zone';
    return [
      ...(hasRulings ? [part({ id: 'act', title: () => p().mustAct, wide: true, ...rulings, draw: (found) => actRows(found, kind, known) })] : []),
      part({ ...nothing, id: 'fields', title: () => p().fields, draw: () => [told(this.file.fields)] }),
      part({ ...nothing, id: 'place', title: () => p().place, draw: () => this.place.show(this.file, known) }),
      ...(kind === 'monitor' || kind === 'site' ? [part({ id: 'readings', title: () => p().readings, wide: true, read: () => this.readings.read(this.file, known), isOld, draw: (found) => this.readings.show(found) })] : []),
      part({ ...nothing, id: 'violations', title: () => (kind === 'zone' ? p().violationsHere : p().allViolations), wide: true, draw: () => { this.violations.render(); return [this.violations.element]; } }),
      ...(hasRulings ? [part({ id: 'grounds', title: () => p().grounds, wide: true, ...rulings, draw: ({ violations }) => groundsOf(violations, known) })] : []),
      ...(known.catalogue.registers.some((r) => r.parentKind === kind) ? [part({ id: 'belongings', title: () => p().belongings, wide: true, read: () => this.belongings.read(kind, id, known), isOld, draw: (found) => this.belongings.show(found) })] : []),
      ...(kind === 'finding' ? [part({ ...nothing, id: 'photos', title: () => p().photos, wide: true, draw: () => photosOf(this.file.photos) })] : []),
      part({ id: 'timeline', title: () => p().timeline, wide: true, read: async () => (hasRulings ? (await violationsPage({ subject: id, limit: inTimeline })).features : []), isOld, draw: (found) => [timelineRows(timelineOf(this.file.events, violationItems(found)))] }),
    ];
  }
}
