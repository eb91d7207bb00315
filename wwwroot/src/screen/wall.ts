import { serverNow } from '../api/http';
import { heatRadii } from '../api/registers';
import type { LogEvent } from '../api/types';
import { language, useLanguage, words } from '../i18n';
import { beijingDay } from '../i18n/time';
import { changesLaw, concerns, isMeasurement } from '../live/concerns';
import type { CountyNumbers } from '../live/counties';
import { goLive, type Live } from '../live/live';
import { isBurning, type LiveState } from '../live/state';
import type { ShownLayers } from '../map/layers';
import type { MapTarget } from '../map/target';
import { WallMap } from '../map/wallMap';
import { readAddress, writeAddress } from './address';
import { createArticles } from './articles';
import { createCard } from './card';
import { readCatalogue } from './catalogue';
import { h, setAttribute, setText } from './dom';
import { createFeeds } from './feeds';
import { SlowFigures } from './figures';
import { createHelp } from './help';
import { exposeHook } from './hook';
import { createHoverCard } from './hoverCard';
import { listenToKeys } from './keyboard';
import { createLayerPanel } from './layerPanel';
import { createLegend } from './legend';
import { countyName, type Listing, type Model } from './model';
import { createNumbers } from './numbers';
import { createPrecision } from './precision';
import { createRanking } from './ranking';
import { createReplayStage } from './replayStage';
import { createSearch } from './search';
import { createStream } from './streamPanel';
import { createStrip } from './strip';
import { createWeek } from './week';
import { markOf, whereabouts } from './whereabouts';

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Signs keep the wall's proportion, but on a narrow map they shrink, or they would hide the counties. */
const mapUnit = (unit: number, width: number): number => (Number.isFinite(unit) ? Math.min(unit, Math.max(5.5, width / 75)) : 10);

/** The wall: puts the panels together, and joins the live log, the map and the user. */
export class Wall {
  private readonly model: Model = { now: serverNow(), link: 'starting', provenAt: null, silentMs: 0, state: null, numbers: null, feeds: null, trend: null, activity: null, activityFailed: false, precision: null, span: '24h', replay: null, selected: null, layers: readAddress(location.hash).layers, listing: null, zoom: 0, dust: null, catalogue: null, radii: [], touched: '' };
  private readonly pick = (target: MapTarget): void => this.select(target, true);
  private readonly strip = createStrip({ switchLanguage: () => this.switchLanguage(), help: () => this.help.toggle() });
  private readonly card = createCard({ close: () => this.select(null, false), pick: this.pick, list: (listing) => this.list(listing), changed: () => { this.live?.catchUp(); this.render(); }, redraw: () => this.render(), footprints: (shown) => this.map?.setFootprints(shown) });
  private readonly search = createSearch({ target: (target) => this.select(target, true), place: (place) => this.map?.pin(place) });
  private readonly help = createHelp();
  private readonly hover = createHoverCard();
  private readonly streamPanel = createStream({ pick: this.pick });
  private readonly precision = createPrecision();
  private readonly replay = createReplayStage({
    model: this.model, map: () => this.map, state: (state) => this.onState(state), fires: (state, announce) => this.drawFires(state, announce), numbers: (numbers) => this.setNumbers(numbers),
    outlines: (counties) => this.drawCounties(counties), figures: () => this.figures?.now(), address: () => this.writeAddress(), render: () => this.render(),
  }, reducedMotion);
  private readonly panels = [createNumbers(), createArticles(), createWeek(), createFeeds(), createLegend(), createRanking({ pick: this.pick }), this.streamPanel, this.replay.bar] as const;
  private readonly mapHost = h('div', { class: 'map' });
  private readonly skip = h('a', { class: 'skip', href: '#ranking' });
  private readonly layers = createLayerPanel({ show: (layers) => this.showLayers(layers) });
  private readonly tools = { home: h('button', { type: 'button' }), in: h('button', { type: 'button' }, '+'), out: h('button', { type: 'button' }, '−') };
  private readonly center: HTMLElement;
  private readonly column: Record<'left' | 'week' | 'feeds' | 'legend', HTMLElement>;
  private readonly announcer = h('p', { class: 'unseen', 'aria-live': 'assertive' });
  private readonly root: HTMLElement;
  private map: WallMap | null = null;
  private live: Live | null = null;
  private figures: SlowFigures | null = null;
  private drawing = 0;
  /** How often something came about what is selected, and about the law. */
  private touches = 0;
  private lawVersion = 0;
  /** The last place of the log that moved a case, and how often monitors were heard. */
  private casesAt = 0;
  private measured = 0;
  /** The law and day that the map shows. */
  private law = '';
  private view = readAddress(location.hash).view;
  /** What a link opened, until enough is known to fly there. */
  private flight: MapTarget | null = null;

  constructor(body: HTMLElement) {
    const [numbers, articles, week, feeds, legend, ranking, stream, activity] = this.panels.map((p) => p.element) as HTMLElement[] as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    this.center = h('div', { class: 'center' }, h('div', { class: 'tools' }, this.tools.home, this.tools.in, this.tools.out, this.layers.button, this.search.element), this.layers.element, this.card.element);
    this.column = { left: h('div', { class: 'left' }, numbers, articles, week, feeds, legend), week, feeds, legend };
    this.root = h('div', { class: 'wall' },
      this.strip.element,
      h('main', { class: 'contents' }, this.mapHost, this.center,
        this.column.left, h('div', { class: 'right' }, ranking, this.precision.element, stream), activity),
      this.replay.frame, this.replay.banner, this.strip.edge, this.strip.banner, this.announcer, this.help.element);
    this.root.classList.toggle('kiosk', new URLSearchParams(location.search).get('kiosk') === '1');
    this.mapHost.append(this.hover.element);
    this.card.element.append(this.replay.note);
    body.append(this.skip, this.root);
  }

  start(): void {
    const { selected, listing, time } = readAddress(location.hash);
    this.model.selected = selected;
    this.model.listing = listing ?? null;
    this.openMap();
    this.replay.follow(time);
    // A link that names a case and no view shows where it is.
    this.flight = this.view === null ? selected : null;
    this.wire();
    this.live = goLive({
      heard: (events) => this.onEvents(events),
      state: (state) => this.onState(state),
      counties: (numbers) => {
        if (!this.replay.keepsNumbers(numbers)) this.setNumbers(numbers);
      },
      link: (status, provenAt) => {
        this.model.link = status;
        this.model.provenAt = provenAt;
        this.render();
      },
    });
    this.figures = new SlowFigures(this.model, () => this.render());
    exposeHook(this.model, () => this.map);
    readCatalogue((catalogue) => {
      this.model.catalogue = catalogue;
      this.setOut();
      this.render();
    });
    setInterval(() => this.render(), 1000);
    this.render();
    this.measure();
  }

  private setNumbers(numbers: CountyNumbers): void {
    this.model.numbers = numbers;
    this.drawCounties(numbers.counties);
    if (this.flight !== null) this.setOut();
    this.render();
  }

  private drawCounties(counties: CountyNumbers['counties']): void {
    this.map?.setCounties(counties, (c) => countyName(this.model, c.properties.code));
  }

  private openMap(): void {
    try {
      this.map = new WallMap(this.mapHost, {
        // What one has under the pointer is in view already; a county and a fire are flown to, to be seen whole.
        picked: (target) => {
          if (!this.card.takes(target)) this.select(target, target?.kind === 'county' || target?.kind === 'fire');
        },
        hovered: (target, x, y, told) => this.hover.show(target, x, y, told, this.model),
        rested: (view, zoom) => {
          this.view = view;
          this.model.zoom = zoom;
          this.writeAddress();
          this.render();
        },
      }, reducedMotion(), this.model.layers);
      if (this.view !== null) this.map.show(this.view);
    } catch {
      this.mapHost.append(h('p', { class: 'map-problem' }, words().mapUnavailable));
    }
  }

  private wire(): void {
    new ResizeObserver(() => this.measure()).observe(this.center);
    new ResizeObserver(() => this.measure()).observe(this.mapHost);
    new ResizeObserver(() => this.measure()).observe(this.replay.banner);
    this.tools.home.addEventListener('click', () => this.goHome());
    this.tools.in.addEventListener('click', () => this.map?.zoomBy(1));
    this.tools.out.addEventListener('click', () => this.map?.zoomBy(-1));
    addEventListener('hashchange', () => this.followAddress());
    listenToKeys({
      escape: () => {
        if (!this.layers.close() && !this.card.cancel()) this.goHome();
      },
      help: () => this.help.toggle(),
      layers: () => this.layers.toggle(),
      search: () => this.search.focus(),
      live: () => {
        this.replay.leave();
        this.layers.close();
        this.goHome();
        this.live?.catchUp();
        this.streamPanel.toTop();
      },
      replay: this.replay.key,
      fullScreen: () => void (document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen()),
    });
  }

  /** Before the state that contains them: what the open card and the zones show may be old now. */
  private onEvents(events: readonly LogEvent[] | null): void {
    const id = this.model.selected?.id;
    if (events === null || (id !== undefined && events.some((event) => concerns(event, id)))) this.touches += 1;
    if (events === null || events.some(changesLaw)) this.lawVersion += 1;
    this.casesAt = events === null ? 0 : (events.findLast((e) => !isMeasurement(e))?.seq ?? this.casesAt);
    if (events === null || events.some(isMeasurement)) this.measured += 1;
  }

  /** Zones and heat radii are those of the day and of the law. */
  private followLaw(): void {
    const law = `${this.lawVersion}-${beijingDay(this.model.now)}`;
    this.model.touched = `${this.touches}|${law}`;
    if (law === this.law || this.model.state === null) return;
    this.law = law;
    this.map?.setLaw(`${this.model.state.seq}-${law}`);
    void heatRadii().then(
      (radii) => {
        if (law !== this.law) return;
        this.model.radii = radii;
        this.map?.setRadii(radii);
        this.render();
      },
      () => { this.law = ''; },
    );
  }

  /** Who falls silent says nothing, so the minute counts too. */
  private followMonitors(): void {
    if (this.model.state !== null) this.map?.setVersion({ cases: this.casesAt, monitors: `${this.measured}-${Math.floor(this.model.now / 60_000)}` });
  }

  private setOut(): void {
    const { state, numbers, catalogue, selected } = this.model;
    if (state === null || numbers === null || catalogue === null) return;
    this.map?.select(markOf(selected, this.model));
    if (this.flight !== null && this.flight === selected) this.flyTo(this.flight);
    this.flight = null;
  }

  private onState(state: LiveState): void {
    if (this.replay.keepsState(state)) {
      this.figures?.soon();
      return;
    }
    const before = this.model.state;
    this.model.state = state;
    const fresh = before === null ? [] : [...state.fires.values()].filter((f) => isBurning(f) && !before.fires.has(f.id));
    this.drawFires(state, before !== null);
    // A snapshot's place counts until something happens.
    this.casesAt = this.casesAt === 0 ? state.seq : this.casesAt;
    this.followMonitors();
    if (before === null) this.setOut();
    this.followLaw();
    if (fresh[0] !== undefined) setText(this.announcer, words().newCritical(countyName(this.model, fresh[0].properties.county)));
    this.figures?.soon();
    this.render();
  }

  private drawFires(state: LiveState, announce: boolean): void {
    this.map?.setFires([...state.fires.values()], announce, (fire) => state.violations.get(state.fires.get(fire)?.properties.violation ?? '')?.properties.severity ?? 'ordinary');
  }

  /** Draws in the next frame, however many reasons there are; a hidden page has no frames and needs none. */
  private render(): void {
    if (this.drawing !== 0) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      const { model } = this;
      model.now = model.link === 'dead' && model.provenAt !== null ? model.provenAt : serverNow();
      // Panels tell ages by the moment that they show; strip, feeds and week know the present only.
      const present = model.now;
      model.silentMs = model.provenAt === null ? 0 : serverNow() - model.provenAt;
      this.followLaw();
      this.followMonitors();
      setAttribute(this.root, 'data-link', model.link);
      setAttribute(this.root, 'data-replay', model.replay?.status ?? null);
      this.strip.render(model);
      this.replay.render(present);
      if (model.replay !== null) model.now = model.replay.moment;
      for (const panel of this.panels) panel.render(model);
      this.precision.render(model);
      this.makeRoom();
      this.card.render(model);
      this.layers.render(model);
      this.search.render(model);
      this.renderTools();
      model.now = present;
    });
  }

  /** What other panels say in part goes first where the left column is too low for all. */
  private makeRoom(): void {
    const { left, week, feeds, legend } = this.column;
    const isShort = (): boolean => [left, legend].some((e) => e.scrollHeight > e.clientHeight + 1);
    for (const panel of [week, feeds]) panel.classList.remove('yields');
    legend.classList.remove('tight', 'tightest');
    for (const panel of [week, feeds]) panel.classList.toggle('yields', isShort());
    for (const step of ['tight', 'tightest']) legend.classList.toggle(step, isShort());
    // What does not fit even so scrolls, for the keyboard, too.
    if (legend.scrollHeight > legend.clientHeight + 1) legend.tabIndex = 0;
    else legend.removeAttribute('tabindex');
  }

  private renderTools(): void {
    const w = words();
    setText(this.skip, w.skipToRanking);
    setText(this.tools.home, w.wholeCity);
    setAttribute(this.tools.in, 'aria-label', w.zoomIn);
    setAttribute(this.tools.out, 'aria-label', w.zoomOut);
    this.map?.label(w.mapLabel);
  }

  /** Tells the map which pixels the panels and the open card leave to it. */
  private measure(refit = true): void {
    const map = this.mapHost.getBoundingClientRect();
    const free = this.center.getBoundingClientRect();
    const card = this.card.element.hidden ? null : this.card.element.getBoundingClientRect();
    const unit = Number.parseFloat(getComputedStyle(this.root).getPropertyValue('gap')) / 1.4;
    const beside = card !== null && card.left > free.left + free.width / 4;
    const right = beside ? card.left : free.right;
    const bottom = card !== null && !beside ? Math.max(card.top, free.top + free.height / 3) : free.bottom;
    const margin = unit;
    const said = this.replay.banner.getBoundingClientRect();
    // What says that this is the past must not cover what burned.
    const top = said.height > 0 && said.top >= free.top && said.bottom < free.top + free.height / 3 ? said.bottom : free.top;
    this.map?.setFree({ left: free.left - map.left + margin, top: top - map.top + margin, right: right - map.left - margin, bottom: Math.min(bottom, free.bottom) - map.top - margin }, mapUnit(unit, free.width), refit);
  }

  private select(target: MapTarget | null, fly: boolean): void {
    const isOther = this.model.selected?.kind !== target?.kind || this.model.selected?.id !== target?.id;
    if (isOther) this.model.listing = null;
    this.model.selected = target;
    // Before the map moves: it writes the address, too, and would replace the place in the history that "back" leads to.
    this.writeAddress(isOther && target !== null);
    this.card.render(this.model);
    this.measure(target !== null);
    this.map?.select(markOf(target, this.model));
    if (fly && target !== null) this.flyTo(target);
    this.render();
  }

  /** Another article or page of the county's card. */
  private list(listing: Listing | null): void {
    this.model.listing = listing;
    this.writeAddress();
    this.card.render(this.model);
    this.card.element.querySelector('.listed')?.scrollIntoView({ block: 'nearest' });
    this.render();
  }

  private flyTo(target: MapTarget): void {
    if (target.kind === 'county') {
      this.map?.flyToCounty(target.id);
      return;
    }
    void whereabouts(target, this.model).then((place) => {
      if (place !== null && this.model.selected === target) this.map?.flyTo(place);
    });
  }

  private goHome(): void {
    this.select(null, false);
    this.map?.goHome();
  }

  private showLayers(layers: ShownLayers): void {
    this.model.layers = layers;
    this.map?.setLayers(layers);
    this.writeAddress();
    this.render();
  }

  private switchLanguage(): void {
    useLanguage(language() === 'zh' ? 'en' : 'zh');
    if (this.model.numbers !== null) this.drawCounties(this.model.numbers.counties);
    this.render();
  }

  /**
   * @param opens A card opens: "back" closes it again. A place in the history whose card was closed by hand takes the next one, so
   * that "back" never goes through what was put away.
   */
  private writeAddress(opens = false): void {
    const hash = writeAddress({ view: this.view, selected: this.model.selected, layers: this.model.layers, ...(this.model.listing === null ? {} : { listing: this.model.listing }), ...this.replay.time });
    if (hash === location.hash) return;
    const address = location.pathname + location.search + hash;
    const isCard = (history.state as { card?: unknown } | null)?.card === true;
    if (opens && !(isCard && readAddress(location.hash).selected === null)) history.pushState({ card: true }, '', address);
    else history.replaceState(history.state, '', address);
  }

  /** The address changed under the page: back, forward or by hand. */
  private followAddress(): void {
    const { view, selected, layers, listing, time } = readAddress(location.hash);
    this.replay.follow(time);
    this.view = view;
    this.model.layers = layers;
    this.map?.setLayers(layers);
    // Without these two the address says what is selected already, and nothing is added to the history.
    this.model.selected = selected;
    this.model.listing = listing ?? null;
    if (view !== null) this.map?.show(view);
    else if (selected === null) this.map?.goHome();
    this.select(selected, view === null && selected !== null);
    this.list(listing ?? null);
  }
}
