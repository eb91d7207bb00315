import { baseMaps, type BaseMap } from '../api/baseMaps';
import { language } from '../i18n';
import { baseMapWords } from '../i18n/baseMaps';
import type { WallMap } from '../map/wallMap';
import { h, keyed, setText } from './dom';

/** 底图: a choice in the layer panel where the city has set any up, and the credit that has to stand beside the map. */
export function createBaseMaps(map: () => WallMap | null, changed: () => void) {
  const title = h('h3');
  const choices = h('div', { class: 'choices' });
  const element = h('fieldset', { class: 'base-maps', hidden: '' }, h('legend', {}, title), choices);
  const credit = h('p', { class: 'base-credit', role: 'status', hidden: '' });
  let [known, chosen, isBroken]: [BaseMap[] | null, string | null, boolean] = [null, null, false];

  const shown = (): BaseMap | null => known?.find(({ id }) => id === chosen) ?? null;
  const apply = (): void => {
    isBroken = false;
    map()?.setBaseMap(shown(), (broken) => {
      if (broken === isBroken) return;
      isBroken = broken;
      render();
    });
    render();
  };
  const choose = (id: string | null): void => {
    if (id === chosen) return;
    chosen = id;
    // Until the server has said what there is, a link's choice waits.
    if (known !== null) apply();
  };

  element.addEventListener('change', (event) => {
    choose((event.target as HTMLInputElement).value || null);
    changed();
  });
  // The panel's arrows go through its layers; here they are those of the choice.
  element.addEventListener('keydown', (event) => { if (event.key.startsWith('Arrow')) event.stopPropagation(); });

  const titleOf = (choice: BaseMap | null): string => (choice === null ? baseMapWords().none : language() === 'zh' ? choice.titleZh : choice.titleEn);
  /** What has to be said of the ground; empty without one. */
  const said = (): string => {
    const ground = shown();
    return ground === null ? '' : isBroken ? baseMapWords().broken : baseMapWords().credit(ground.attribution ?? titleOf(ground));
  };

  const render = (): void => {
    setText(title, baseMapWords().title);
    element.hidden = known === null || known.length === 0;
    keyed<BaseMap | null, HTMLLabelElement>(choices, [null, ...(known ?? [])], (choice) => choice?.id ?? '', (choice) => h('label', {}, h('input', { type: 'radio', name: 'base-map', value: choice?.id ?? '' }), h('span')), (row, choice) => {
      (row.firstElementChild as HTMLInputElement).checked = (shown()?.id ?? null) === (choice?.id ?? null);
      setText(row.lastElementChild as Element, titleOf(choice));
    });
    setText(credit, said());
    credit.hidden = said() === '';
    credit.classList.toggle('broken', isBroken);
  };

  /** Asks what there is; without an answer there is nothing, and the wall goes on. */
  const read = async (): Promise<void> => {
    known = await baseMaps().catch(() => []);
    if (shown() === null) render();
    else apply();
  };
  return {
    element, credit, choose, read, render, said,
    /** A map that has just been made. */
    draw: (): void => { if (shown() !== null) apply(); },
    /** For the link. */
    get address(): { baseMap?: string } {
      return chosen === null ? {} : { baseMap: chosen };
    },
  };
}
