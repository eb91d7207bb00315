import { words } from '../i18n';
import { snapshotWords } from '../i18n/snapshot';
import { tourWords } from '../i18n/tour';
import { h } from './dom';

export function createHelp() {
  const element = h('dialog', { class: 'help' });
  element.addEventListener('click', (event) => { if (event.target === element) element.close(); });
  element.addEventListener('keydown', (event) => { if (event.key === '?') element.close(); });
  const open = (): void => {
    const w = words();
    const close = h('button', { type: 'button' }, w.close);
    close.addEventListener('click', () => element.close());
    element.ariaLabel = w.helpTitle;
    element.replaceChildren(h('h2', {}, w.helpTitle), h('dl', {}, ...[...w.help, ...snapshotWords().help, ...tourWords().help].flatMap(([key, what]) => [h('dt', {}, key), h('dd', {}, what)])), close);
    element.showModal();
  };
  return { element, toggle: () => (element.open ? element.close() : open()) };
}
