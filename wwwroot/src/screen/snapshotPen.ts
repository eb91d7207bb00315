import { language, words } from '../i18n';
import { snapshotWords } from '../i18n/snapshot';
import { drawGlyph } from '../map/glyphs';
import type { LegendEntry } from '../map/layers/layer';
import { classBounds, type Palette } from '../map/palette';
import type { MapShot } from '../map/shot';
import type { Box, Pixel } from '../map/shapes';
import type { SnapshotPage } from './snapshotPage';

/** What is said around the map. */
export interface Said {
  title: string;
  time: string;
  /** Why the time is to be doubted; empty where it is not. */
  doubt: string;
  isPast: boolean;
  isSimulated: boolean;
  figures: { name: string; count: number | null; colour: string }[];
  legend: LegendEntry[];
  notes: string[];
}

const text = (token: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
const leastShare = 0.72; // of its size: smaller letters are cut instead

/** Draws the page of a snapshot on a canvas that is scaled already. */
export class SnapshotPen {
  private readonly family = text('font');
  private readonly ink = { text: text('text'), strong: text('text-strong'), soft: text('text-soft'), past: '#b9a2ff', doubt: text('burning-text'), line: text('border') };

  constructor(private readonly pen: CanvasRenderingContext2D, private readonly page: SnapshotPage, private readonly u: number, private readonly palette: Palette) {}

  draw(said: Said, shot: MapShot, view: Box): void {
    const { pen, page, palette } = this;
    pen.fillStyle = palette.ground;
    pen.fillRect(0, 0, page.width, page.height);
    this.drawMap(shot, view);
    this.drawHead(said);
    this.drawFigures(said.figures);
    if (said.legend.length > 0) this.write(snapshotWords().legend, [page.legend.left, page.legend.top + 1.9 * this.u], 2, this.ink.soft, { bold: true });
    said.legend.forEach((entry, index) => this.drawLine(entry, page.lines[index] as Pixel));
    const room = Math.floor((page.footer.bottom - page.footer.top) / (2.1 * this.u));
    said.notes.flatMap((note) => this.broken(note, 1.5, page.footer.right - page.footer.left)).slice(0, room)
      .forEach((line, index) => this.write(line, [page.footer.left, page.footer.top + (1.7 + 2.1 * index) * this.u], 1.5, this.ink.soft, {}));
  }

  private drawMap({ canvas, width, labels, pin }: MapShot, view: Box): void {
    const { pen, page: { map }, palette, u } = this;
    const ratio = canvas.width / width;
    const [wide, high] = [view.right - view.left, view.bottom - view.top];
    pen.save();
    pen.beginPath();
    pen.rect(map.left, map.top, wide, high);
    pen.clip();
    pen.drawImage(canvas, view.left * ratio, view.top * ratio, wide * ratio, high * ratio, map.left, map.top, wide, high);
    pen.translate(map.left - view.left, map.top - view.top);
    pen.textAlign = 'center';
    pen.lineJoin = 'round';
    for (const { name, number, at: [x, y], size } of labels) {
      this.rimmed(name, x, y - size.number * 0.12, size.name, false);
      this.rimmed(number, x, y + size.number * 0.86, size.number, true);
    }
    if (pin !== null) {
      pen.beginPath();
      pen.arc(pin[0], pin[1], 1.2 * u, 0, 2 * Math.PI);
      pen.lineWidth = 0.4 * u;
      pen.strokeStyle = palette.strong;
      pen.stroke();
    }
    pen.restore();
    pen.strokeStyle = this.ink.line;
    pen.globalAlpha = 0.5;
    pen.lineWidth = Math.max(1, 0.12 * u);
    pen.strokeRect(map.left, map.top, wide, high);
    pen.globalAlpha = 1;
  }

  private rimmed(word: string, x: number, y: number, size: number, bold: boolean): void {
    const { pen, palette } = this;
    pen.font = `${bold ? 700 : 400} ${size}px ${this.family}`;
    pen.strokeStyle = palette.ground;
    pen.lineWidth = size * 0.24;
    pen.strokeText(word, x, y);
    pen.fillStyle = palette.strong;
    pen.fillText(word, x, y);
  }

  private drawHead({ title, time, doubt, isPast, isSimulated }: Said): void {
    const { page: { header }, u } = this;
    const width = header.right - header.left - 2 * u;
    const used = this.write(title, [header.left, header.top + 3.6 * u], 3.8, this.ink.strong, { bold: true, width: isSimulated ? width - 16 * u : width });
    if (isSimulated) this.hatched(words().simulated, [header.left + used + 2 * u, header.top + 0.7 * u]);
    const told = this.write(time, [header.left, header.top + 7.4 * u], 2, isPast ? this.ink.past : this.ink.text, { width: doubt === '' ? width : width * 0.6 });
    if (doubt !== '') this.write(`⚠ ${doubt}`, [header.left + told + 1.6 * u, header.top + 7.4 * u], 2, this.ink.doubt, { bold: true, width: width - told - 1.6 * u });
  }

  /** As everywhere: what is simulated wears a hatched badge. */
  private hatched(word: string, [x, y]: Pixel): void {
    const { pen, palette, u } = this;
    pen.font = `700 ${1.8 * u}px ${this.family}`;
    const [wide, high] = [pen.measureText(word).width + 4 * u, 3.4 * u];
    pen.save();
    pen.beginPath();
    pen.roundRect(x, y, wide, high, 0.4 * u);
    pen.clip();
    pen.fillStyle = palette.overdue;
    pen.fillRect(x, y, wide, high);
    pen.strokeStyle = palette.ground;
    pen.lineWidth = 0.7 * u;
    for (let at = x - high; at < x + wide; at += 1.8 * u) {
      pen.beginPath();
      pen.moveTo(at, y + high);
      pen.lineTo(at + high, y);
      pen.stroke();
    }
    pen.fillRect(x + 1.3 * u, y + 0.45 * u, wide - 2.6 * u, high - 0.9 * u);
    pen.fillStyle = palette.ground;
    pen.textAlign = 'center';
    pen.fillText(word, x + wide / 2, y + high / 2 + 0.65 * u);
    pen.restore();
  }

  private drawFigures(figures: Said['figures']): void {
    const { page: { figures: box }, u, pen } = this;
    const step = (box.right - box.left) / figures.length;
    figures.forEach(({ name, count, colour }, index) => {
      const x = box.left + index * step;
      if (index > 0) {
        pen.fillStyle = this.ink.line;
        pen.globalAlpha = 0.3;
        pen.fillRect(x - 0.8 * u, box.top + 1.2 * u, Math.max(1, 0.1 * u), box.bottom - box.top - 2 * u);
        pen.globalAlpha = 1;
      }
      this.write(count === null ? '–' : String(count), [x + 0.6 * u, box.bottom - 3.6 * u], 4.2, count === 0 ? this.ink.soft : colour, { bold: true, width: step - 2 * u });
      this.write(name, [x + 0.6 * u, box.bottom - 1.1 * u], 1.7, this.ink.soft, { width: step - 2 * u });
    });
  }

  private drawLine({ signs, title }: LegendEntry, [x, y]: Pixel): void {
    const { pen, palette, u, page: { lineWidth } } = this;
    if (signs === 'ramp') {
      this.write(title[language()], [x, y + 1.7 * u], 1.6, this.ink.text, { width: lineWidth - 2 * u });
      const step = (lineWidth - 2 * u) / classBounds.length;
      classBounds.forEach((bound, index) => {
        pen.fillStyle = palette.counties[index] as string;
        pen.fillRect(x + index * step, y + 2.4 * u, step - 0.3 * u, 1.6 * u);
        this.write(index === classBounds.length - 1 ? `${bound}+` : String(bound), [x + index * step, y + 5.5 * u], 1.4, this.ink.soft, {});
      });
      return;
    }
    const side = 2.5 * u;
    signs.forEach((name, index) => pen.drawImage(drawGlyph(name, palette, 4), x + index * side, y + 0.25 * u, side, side));
    this.write(title[language()], [x + signs.length * side + 0.8 * u, y + 2 * u], 1.6, this.ink.text, { width: lineWidth - signs.length * side - 2 * u });
  }

  /** In lines that fit: Chinese breaks anywhere, words stay whole. */
  private broken(note: string, units: number, width: number): string[] {
    this.pen.font = `400 ${units * this.u}px ${this.family}`;
    const lines = [''];
    for (const piece of note.match(/[\w.,-]+\s*|./gu) ?? []) {
      if (this.pen.measureText(`${lines.at(-1)}${piece}`).width > width) lines.push('');
      lines[lines.length - 1] += piece;
    }
    return lines;
  }

  /** Size in units. Returns the width of what was written: smaller where it must be, and at last cut. */
  private write(word: string, [x, y]: Pixel, units: number, colour: string, { bold = false, width = Infinity }): number {
    const { pen, u } = this;
    const font = (size: number): string => `${bold ? 700 : 400} ${size}px ${this.family}`;
    pen.font = font(units * u);
    const natural = pen.measureText(word).width;
    pen.font = font(units * u * Math.max(leastShare, Math.min(1, width / natural)));
    let shown = word;
    while (shown.length > 1 && pen.measureText(shown).width > width + 0.5) shown = `${shown.replace(/…$/, '').slice(0, -1)}…`;
    pen.textAlign = 'left';
    pen.fillStyle = colour;
    pen.fillText(shown, x, y);
    return pen.measureText(shown).width;
  }
}
