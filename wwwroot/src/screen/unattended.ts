import { h } from './dom';
import { isInHands } from './hands';
import { tourActOf } from './keyboard';
import { createTour, type Place, type TourAct, type TouredWall } from './tour';
import { readTour } from './tourOrder';
import { createUpgradeNotice } from './upgradeNotice';

/** What the wall does while nobody uses it: tours the counties, and takes a new version. */
export function createUnattended(wall: Omit<TouredWall, 'busy'>, opened: Place) {
  const { model } = wall;
  const busy = (): boolean => model.replay !== null || isInHands();
  const tour = createTour({ ...wall, busy }, readTour(location.search));
  let usedAt = performance.now();
  const notice = createUpgradeNotice(() => ({ idleMs: performance.now() - usedAt, busy: busy() || tour.interrupted }));

  const used = (event: Event): void => {
    usedAt = performance.now();
    // A key that leads the tour is no use of the wall.
    if (!(event instanceof KeyboardEvent && tour.takesKeys && tourActOf(event) !== null)) tour.used(event);
  };
  for (const type of ['pointerdown', 'wheel', 'keydown'] as const) addEventListener(type, used, { capture: true, passive: true });
  addEventListener('pointermove', (event) => {
    // Content that moves under a resting mouse moves no mouse.
    if (event.movementX !== 0 || event.movementY !== 0) used(event);
  }, { capture: true, passive: true });
  if (opened.view !== null || opened.selected !== null) tour.restFirst();

  return {
    element: h('div', { class: 'unattended' }, tour.element, notice.element),
    /** For alarms. */
    tour,
    get drives(): boolean {
      return tour.drives;
    },
    key: (act: TourAct): boolean => tour.key(act),
    render(): void {
      tour.render();
      notice.render();
    },
  };
}

export type Unattended = ReturnType<typeof createUnattended>;
