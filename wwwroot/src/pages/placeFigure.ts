import { firstPosition, heatRadii } from '../api/registers';
import { pageWords } from '../i18n/pages';
import { countyName } from '../screen/model';
import { h } from '../screen/dom';
import type { Known } from './known';
import type { SubjectFile } from './subjectFile';
import { empty } from './table';

/** Where a subject stands, as a picture: one for the screen, and one in the colours of paper. */
export class PlaceFigure {
  private readonly pictures = h('div', { class: 'stills', 'data-state': 'drawing' });
  private drawn = '';
  private addresses: string[] = [];

  show(file: SubjectFile, known: Known): Node[] {
    const p = pageWords();
    const at = firstPosition(file.geometry);
    if (at === null || file.geometry === null) return [empty(p.noPlace)];
    const name = JSON.stringify([file.id, file.geometry]);
    if (name !== this.drawn) {
      this.drawn = name;
      this.pictures.replaceChildren(h('p', { class: 'quiet', role: 'status' }, p.mapDrawing));
      void this.draw(file, known, name);
    }
    const radius = file.radiusMetres === null || file.radiusMetres < 1 ? '' : ` ± ${Math.round(file.radiusMetres)} m`;
    return [this.pictures, h('p', { class: 'coordinates' }, `${at.map((n) => n.toFixed(5)).join(', ')}${radius} · CGCS2000`)];
  }

  private async draw(file: SubjectFile, known: Known, name: string): Promise<void> {
    const p = pageWords();
    try {
      const [{ drawStill }, radii] = await Promise.all([import('../map/still'), file.kind === 'boiler' || file.kind === 'plant' ? heatRadii().catch(() => []) : []]);
      const counties = known.counties.map((c) => ({ geometry: c.geometry, label: c.properties.label, name: countyNameOf(known, c.properties.code) }));
      const dark = matchMedia('(prefers-color-scheme: dark)').matches;
      const looks = dark ? ['screen', 'paper'] as const : ['paper'] as const;
      const images: HTMLImageElement[] = [];
      // One after the other: a device has few WebGL contexts to give.
      for (const look of looks) {
        const host = this.pictures.appendChild(h('div', { class: `still-host ${look}`, 'aria-hidden': 'true' }));
        const address = URL.createObjectURL(await drawStill(host, { shape: file.geometry, counties, radii: radii.map((r) => r.geometry) }));
        host.remove();
        images.push(h('img', { class: looks.length === 1 ? 'still' : `still ${look}-only`, src: address, alt: p.mapAlt(file.name), width: '640', height: '400' }));
      }
      if (name !== this.drawn) return;
      for (const old of this.addresses) URL.revokeObjectURL(old);
      this.addresses = images.map((i) => i.src);
      this.pictures.replaceChildren(...images);
      this.pictures.dataset['state'] = 'drawn';
    } catch {
      this.pictures.replaceChildren(h('p', { class: 'quiet' }, p.mapFailed));
      this.pictures.dataset['state'] = 'failed';
    }
  }
}

function countyNameOf(known: Known, code: string): string {
  const own = countyName(known, code);
  return own === code ? (known.counties.find((c) => c.properties.code === code)?.properties.name ?? code) : own;
}
