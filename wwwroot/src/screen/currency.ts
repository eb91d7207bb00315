import { heatRadii } from '../api/registers';
import type { LogEvent } from '../api/types';
import { beijingDay } from '../i18n/time';
import { changesLaw, concerns, isMeasurement } from '../live/concerns';
import type { WallMap } from '../map/wallMap';
import type { Model } from './model';

/** What the log makes old besides the state: the open card, tiles, zones and heat radii. */
export function createCurrency(model: Model, map: () => WallMap | null, render: () => void) {
  /** How often something came about what is selected, and about the law. */
  let touches = 0;
  let lawVersion = 0;
  /** The last place of the log that moved a case, and how often monitors were heard. */
  let casesAt = 0;
  let measured = 0;
  /** The law and day that the map shows. */
  let law = '';

  /** Zones and heat radii are those of the day and of the law. */
  const followLaw = (): void => {
    const now = `${lawVersion}-${beijingDay(model.now)}`;
    model.touched = `${touches}|${now}`;
    if (now === law || model.state === null) return;
    law = now;
    map()?.setLaw(`${model.state.seq}-${now}`);
    void heatRadii().then(
      (radii) => {
        if (now !== law) return;
        model.radii = radii;
        map()?.setRadii(radii);
        render();
      },
      () => { law = ''; },
    );
  };

  const followLog = (): void => {
    if (model.state === null) return;
    // A snapshot's place counts until something happens.
    casesAt = casesAt === 0 ? model.state.seq : casesAt;
    // Who falls silent says nothing, so the minute counts too.
    map()?.setVersion({ cases: casesAt, monitors: `${measured}-${Math.floor(model.now / 60_000)}` });
  };

  return {
    /**
     * Before the state that contains them: what the open card and the zones show may be old now.
     * @param events `null`: more than one can tell.
     */
    heard(events: readonly LogEvent[] | null): void {
      const id = model.selected?.id;
      if (events === null || (id !== undefined && events.some((event) => concerns(event, id)))) touches += 1;
      if (events === null || events.some(changesLaw)) lawVersion += 1;
      casesAt = events === null ? 0 : (events.findLast((e) => !isMeasurement(e))?.seq ?? casesAt);
      if (events === null || events.some(isMeasurement)) measured += 1;
    },
    /** A map that has just been made. */
    draw(): void {
      followLog();
      if (law === '') return;
      map()?.setLaw(`${model.state?.seq ?? 0}-${law}`);
      map()?.setRadii(model.radii);
    },
    follow(): void {
      followLaw();
      followLog();
    },
  };
}
