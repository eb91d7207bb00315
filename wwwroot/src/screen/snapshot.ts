import { language, words } from '../i18n';
import { snapshotWords } from '../i18n/snapshot';
import { hourMinute, longDate } from '../i18n/time';
import { switchableLayers } from '../map/layers';
import { readPalette } from '../map/palette';
import type { Box } from '../map/shapes';
import type { WallMap } from '../map/wallMap';
import { changedLayers } from './address';
import { h, setAttribute, setText } from './dom';
import { isFiltered, partsOf } from './filter';
import { partInWords } from './filterStage';
import { legendOf } from './legend';
import { countyName, showsSimulated, totals, type Model } from './model';
import { composePage, fileName } from './snapshotPage';
import { SnapshotPen, type Said } from './snapshotPen';

const noteMs = 6000; // long enough to read a file's name

/** 快照: the present view as a PNG, by a button among the map's tools and by S. */
export function createSnapshot(model: Model, map: () => WallMap | null, view: () => { box: Box; unit: number }, ground: () => string) {
  const button = h('button', { type: 'button', class: 'snapshot' });
  const note = h('p', { class: 'snapshot-note', role: 'status' });
  let busy = false;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener('click', () => void take());

  const tell = (text: string): void => {
    setText(note, text);
    clearTimeout(hiding);
    hiding = setTimeout(() => setText(note, ''), noteMs);
  };

  const take = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    render();
    try {
      const from = map();
      tell(from === null ? snapshotWords().unavailable : await save(from));
    } catch {
      tell(snapshotWords().failed);
    } finally {
      busy = false;
      render();
    }
  };

  /** Returns what to say about it. */
  const save = async (from: WallMap): Promise<string> => {
    const shot = await from.take();
    if (shot === null) return snapshotWords().failed;
    // Said of the same moment as the pixels.
    const [said, { box, unit }] = [say(model, ground()), view()];
    const page = composePage({ width: box.right - box.left, height: box.bottom - box.top }, unit, said.legend.map(({ signs }) => (signs === 'ramp' ? 'ramp' : 'signs')));
    const canvas = h('canvas');
    [canvas.width, canvas.height] = [Math.round(page.width * devicePixelRatio), Math.round(page.height * devicePixelRatio)];
    const pen = canvas.getContext('2d');
    if (pen === null) return snapshotWords().failed;
    pen.scale(devicePixelRatio, devicePixelRatio);
    new SnapshotPen(pen, page, unit, readPalette()).draw(said, shot, box);
    const name = fileName(snapshotWords().file, momentOf(model));
    const picture = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/png'); });
    if (picture === null) return snapshotWords().failed;
    download(picture, name);
    return snapshotWords().saved(name);
  };

  const render = (): void => {
    const w = snapshotWords();
    setText(button, busy ? w.busy : w.button);
    setAttribute(button, 'title', w.hint);
    setAttribute(button, 'aria-busy', busy ? 'true' : null);
  };
  return { button, note, take, render };
}

const momentOf = (model: Model): number => model.replay?.moment ?? model.now;

function say(model: Model, ground: string): Said {
  const [w, s, palette] = [words(), snapshotWords(), readPalette()];
  const [at, sums] = [momentOf(model), model.numbers === null ? null : totals(model.numbers)];
  const time = `${longDate(at)} ${hourMinute(at)}`;
  const waits = model.replay !== null && (model.replay.status === 'loading' || model.replay.status === 'failed' || model.replay.status === 'forgotten');
  const colours = { burning: palette.burning, critical: palette.burning, overdue: palette.overdue, open: palette.strong };
  return {
    title: w.appName,
    time: model.replay === null ? s.beijing(time) : s.asKnown(time),
    doubt: waits ? s.notYet : model.replay === null && model.link === 'dead' ? s.stopped : '',
    isPast: model.replay !== null,
    isSimulated: showsSimulated(model),
    figures: (['burning', 'critical', 'overdue', 'open'] as const).map((key) => ({ name: w[key], count: sums?.[key] ?? null, colour: colours[key] })),
    legend: legendOf(model),
    notes: [
      s.layers(changedLayers(model.layers) === 0 ? s.usualLayers : switchableLayers.filter((l) => model.layers.has(l.id)).map((l) => l.title[language()]).join(language() === 'zh' ? '、' : ', ')),
      ...(isFiltered(model.filter) ? [s.filter(partsOf(model.filter).map((part) => partInWords(part, model)).join(language() === 'zh' ? '、' : ', '))] : []),
      ...(model.selected?.kind === 'county' ? [s.selected(countyName(model, model.selected.id))] : []),
      [s.source(model.state?.seq ?? 0), ground].filter(Boolean).join('　'),
    ],
  };
}

function download(picture: Blob, name: string): void {
  const address = URL.createObjectURL(picture);
  const link = h('a', { href: address, download: name });
  link.click();
  // The browser has taken it over once the click is done; a minute later it has certainly read it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
