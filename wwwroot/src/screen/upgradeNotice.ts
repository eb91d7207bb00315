import { buildOf, fetchPage } from '../api/client';
import { whenBuildIsNamed } from '../api/http';
import { tourWords } from '../i18n/tour';
import { h, setText } from './dom';
import { Upgrade, type Attempt, type AttemptMemory, type Calm } from './upgrade';

const key = 'airmap.upgrade';
const lookEveryMs = 5_000;

/** Of this window only: several walls of one browser reload each for itself. */
const memory: AttemptMemory = {
  read(): Attempt | null {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Attempt | null;
    } catch {
      return null;
    }
  },
  write(attempt): void {
    sessionStorage.setItem(key, JSON.stringify(attempt));
  },
};

/** Says that the server has another build of this page, and takes it when that disturbs nobody. */
export function createUpgradeNotice(calm: () => Omit<Calm, 'now'>) {
  const upgrade = new Upgrade(buildOf(document), memory);
  const text = h('span');
  const now = h('button', { type: 'button' });
  const element = h('div', { class: 'upgrade', role: 'status', hidden: '' }, text, now);
  let taking = false;

  const render = (): void => {
    const w = tourWords();
    const { status } = upgrade;
    element.hidden = status === 'current';
    setText(text, status === 'failed' ? w.upgradeFailed : status === 'broken' ? w.partMissing : status === 'ready' ? w.upgradeReady : '');
    setText(now, status === 'ready' ? w.upgradeNow : w.reloadNow);
    now.disabled = taking;
  };
  /** Loads the same address again once all that the new page needs is here: a server on its way down must not leave a dead page. */
  const take = async (): Promise<void> => {
    if (taking) return;
    taking = true;
    try {
      const build = await fetchPage(location.pathname);
      upgrade.tried(Date.now());
      if (build === upgrade.target) location.reload();
      else if (build !== null) upgrade.hear(build);
    } catch {
      // The server is away, or its files are being replaced: the next look tries again.
    }
    taking = false;
    render();
  };

  now.addEventListener('click', () => void take());
  whenBuildIsNamed((build) => {
    upgrade.hear(build);
    render();
  });
  // Vite tells of a part of the page that is loaded later and cannot be.
  addEventListener('vite:preloadError', () => {
    upgrade.break();
    render();
  });
  setInterval(() => {
    if (upgrade.isDue({ now: Date.now(), ...calm() })) void take();
  }, lookEveryMs);
  return { element, render };
}
