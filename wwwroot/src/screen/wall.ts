import { createAlarm } from '../alarm/alarm';
import { serverNow } from '../api/http';
import type { LonLat } from '../api/types';
import { language, useLanguage, words } from '../i18n';
import type { CountyNumbers } from '../live/counties';
import { goLive, type Live } from '../live/live';
import { isBurning, type LiveState } from '../live/state';
import type { ShownLayers } from '../map/layers';
import type { MapTarget, MapView } from '../map/target';
import { WallMap } from '../map/wallMap';
import { readAddress, writeAddress } from './address';
import { createArticles } from './articles';
import { createBaseMaps } from './baseMaps';
import { createCard } from './card';
import { readCatalogue } from './catalogue';
import { createCurrency } from './currency';
import { h, setAttribute, setText } from './dom';
import { Drawing } from './drawing';
import { createFeeds } from './feeds';
import { SlowFigures } from './figures';
import { isInHands } from './hands';
import { createHelp } from './help';
import { noFilter } from './filter';
import { createFilterStage } from './filterStage';
import { createFrame, type Frame, type FrameParts } from './frame';
import { exposeHook } from './hook';
import { createHoverCard } from './hoverCard';
import { listenToKeys } from './keyboard';
import { createLayerPanel } from './layerPanel';
import { createLegend } from './legend';
import { createMapSpots } from './mapSpots';
import { countyName, type Listing, type Model } from './model';
import { createNumbers } from './numbers';
import { painted } from './painted';
import { createPrecision } from './precision';
import { createRanking } from './ranking';
import { createReplayStage } from './replayStage';
import { createSearch } from './search';
import { createSnapshot } from './snapshot';
import { createStream } from './streamPanel';
import { createStrip } from './strip';
import { createUnattended } from './unattended';
import { createWeek } from './week';
import { markOf, whereabouts } from './whereabouts';

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

const setsOutWithinMs = 300; // the map flies once what is new is on the screen, or after this
const firstWithinMs = 1500; // later than that the map is made without what it shall show

/** The wall: puts the panels together, and joins the live log, the map and the user. */
export class Wall {
  private readonly model: Model = { now: serverNow(), link: 'starting', provenAt: null, silentMs: 0, state: null, numbers: null, feeds: null, trend: null, activity: null, activityFailed: false, precision: null, span: '24h', replay: null, selected: null, layers: readAddress(location.hash).layers, filter: readAddress(location.hash).filter ?? noFilter, listing: null, zoom: 0, dust: null, catalogue: null, radii: [], touched: '' };
  private readonly pick = (target: MapTarget): void => this.select(target, true);
  private readonly strip = createStrip({ switchLanguage: () => this.switchLanguage(), help: () => this.help.toggle() });
  private readonly card = createCard({ close: () => this.select(null, false), pick: this.pick, list: (listing) => this.list(listing), changed: () => { this.live?.catchUp(); this.render(); }, redraw: () => this.render(), footprints: (shown) => this.map?.setFootprints(shown) });
  private readonly search = createSearch({ target: (target) => this.select(target, true), place: (place) => this.showPlace(place) });
  private readonly help = createHelp();
  private readonly hover = createHoverCard();
  private readonly filtering = createFilterStage({
    model: this.model, map: () => this.map, fires: (state) => this.drawFires(state, false), outlines: (counties) => this.drawCounties(counties), past: () => this.replay.again(),
    address: () => this.writeAddress(), render: () => this.render(),
  });
  private readonly streamPanel = this.filtering.narrow(createStream({ pick: this.pick }));
  private readonly precision = createPrecision();
  private readonly replay = createReplayStage({
    model: this.model, map: () => this.map, state: (state) => this.onState(state), seen: this.filtering.state, fires: (state, announce) => this.drawFires(state, announce), numbers: (numbers) => this.setNumbers(numbers),
    outlines: (counties) => this.drawCounties(counties), figures: () => this.figures?.now(), address: () => this.writeAddress(), render: () => this.render(),
  }, reducedMotion);
  private readonly currency = createCurrency(this.model, () => this.map, () => this.render());
  private readonly unattended = createUnattended({
    model: this.model, show: (target) => (target === null ? this.goHome() : this.select(target, true)),
    here: () => ({ view: this.view, selected: this.model.selected }), back: ({ view, selected }) => this.show(view, selected),
  }, readAddress(location.hash));
  private readonly spots = createMapSpots(this.model, () => this.map);
  private readonly alarm = createAlarm({
    model: this.model, tour: this.unattended.tour, isBusy: isInHands, render: () => this.render(),
    live: () => this.replay.leave(), focus: () => (this.card.element.querySelector<HTMLElement>(':scope:not([hidden]) .close') ?? this.frame.root).focus({ preventScroll: true }),
  });
  private readonly panels = [createNumbers({ filter: this.filtering.takeOrClear }), createArticles({ filter: this.filtering.take }), createWeek(), createFeeds(), createLegend(), this.filtering.narrow(createRanking({ pick: this.pick, filter: this.filtering.take })), this.streamPanel, this.replay.bar] as const;
  private readonly skip = h('a', { class: 'skip', href: '#ranking' });
  private readonly layers = createLayerPanel({ show: (layers) => this.showLayers(layers) });
  private readonly tools = { home: h('button', { type: 'button' }), in: h('button', { type: 'button' }, '+'), out: h('button', { type: 'button' }, '−') };
  private readonly baseMaps = createBaseMaps(() => this.map, () => this.writeAddress());
  private readonly snapshot = createSnapshot(this.model, () => this.map, () => this.frame.view, () => this.baseMaps.said());
  private readonly announcer = h('p', { class: 'unseen', 'aria-live': 'assertive' });
  private readonly frame: Frame;
  private map: WallMap | null = null;
  private live: Live | null = null;
  private figures: SlowFigures | null = null;
  private readonly drawing = new Drawing(() => this.draw());
  private view = readAddress(location.hash).view;
  /** What a link opened, until enough is known to fly there. */
  private flight: MapTarget | null = null;
  private readonly first = { numbers: Promise.withResolvers<void>(), state: Promise.withResolvers<void>() };
  private isMapTried = false;

  constructor(body: HTMLElement) {
    const [numbers, articles, week, feeds, legend, ranking, stream, activity] = this.panels.map((p) => p.element) as FrameParts['panels'];
    this.frame = createFrame({
      panels: [numbers, articles, week, feeds, legend, ranking, stream, activity],
      strip: this.strip, alarm: this.alarm.element, tools: [this.tools.home, this.tools.in, this.tools.out, this.layers.button, this.snapshot.button, this.search.element], filter: this.filtering.element, layers: this.layers.element, card: this.card.element,
      precision: this.precision.element, replay: this.replay, over: [this.announcer, this.help.element, this.snapshot.note],
    });
    this.frame.root.classList.toggle('kiosk', new URLSearchParams(location.search).get('kiosk') === '1');
    this.frame.mapHost.append(this.hover.element);
    this.card.element.append(this.replay.note);
    this.card.element.before(this.unattended.element);
    this.layers.element.append(this.baseMaps.element);
    legend.append(this.baseMaps.credit);
    body.append(this.skip, this.frame.root);
  }

  start(): void {
    const { selected, listing, time, baseMap } = readAddress(location.hash);
    this.model.selected = selected;
    this.model.listing = listing ?? null;
    this.live = goLive({
      heard: (events) => {
        this.currency.heard(events);
        this.alarm.heard(events);
      },
      state: (state) => this.onState(state),
      counties: (numbers) => {
        if (!this.replay.keepsNumbers(numbers)) this.setNumbers(numbers);
      },
      link: (status, provenAt) => {
        this.model.link = status;
        this.model.provenAt = provenAt;
        this.map?.setCut(status === 'dead');
        this.render();
      },
    });
    this.replay.follow(time);
    this.baseMaps.choose(baseMap ?? null);
    void this.baseMaps.read();
    // A link that names a case and no view shows where it is.
    this.flight = this.view === null ? selected : null;
    this.wire();
    this.figures = new SlowFigures(this.model, () => this.render());
    exposeHook(this.model, this.filtering.of, () => this.map, this.alarm.hook);
    readCatalogue((catalogue) => {
      this.model.catalogue = catalogue;
      this.setOut();
      this.render();
    });
    setInterval(() => this.render(), 1000);
    this.render();
    // Making the map keeps the processor for a second: what the panels say is on the screen before it.
    void painted(Promise.all([this.first.numbers.promise, this.first.state.promise]), firstWithinMs).then(() => this.openMap());
  }

  private setNumbers(numbers: CountyNumbers): void {
    this.model.numbers = numbers;
    this.drawCounties(numbers.counties);
    if (this.flight !== null) this.setOut();
    this.drawing.atOnce();
    this.first.numbers.resolve();
  }

  private drawCounties(counties: CountyNumbers['counties']): void {
    this.map?.setCounties(this.filtering.counties(counties), (c) => countyName(this.model, c.properties.code));
  }

  private openMap(): void {
    try {
      this.map = new WallMap(this.frame.mapHost, {
        // What one has under the pointer is in view already; a county and a fire are flown to, to be seen whole.
        picked: (target) => {
          if (!this.card.takes(target)) this.select(target, target?.kind === 'county' || target?.kind === 'fire');
        },
        hovered: (target, x, y, told) => this.hover.show(target, x, y, told, this.model, this.frame.room),
        rested: (view, zoom) => {
          this.view = view;
          this.model.zoom = zoom;
          this.writeAddress();
          this.render();
        },
      }, reducedMotion(), this.model.layers);
      // First of all: a map that is measured rests, and would tell the address that it shows the whole city.
      if (this.view !== null) this.map.show(this.view);
      this.measure();
      this.map.setCut(this.model.link === 'dead');
      for (const part of [this.filtering, this.currency, this.baseMaps]) part.draw();
      this.map.select(markOf(this.model.selected, this.model));
    } catch {
      this.frame.mapHost.append(h('p', { class: 'map-problem' }, words().mapUnavailable));
    }
    this.isMapTried = true;
    this.setOut();
    this.render();
  }

  private wire(): void {
    this.frame.onResize(() => {
      this.measure();
      this.render();
    });
    this.tools.home.addEventListener('click', () => this.goHome());
    this.tools.in.addEventListener('click', () => this.map?.zoomBy(1));
    this.tools.out.addEventListener('click', () => this.map?.zoomBy(-1));
    addEventListener('hashchange', () => this.followAddress());
    listenToKeys({
      escape: () => {
        if (!this.layers.close() && !this.card.cancel() && !(this.model.selected === null && this.filtering.clear())) this.goHome();
      },
      help: () => this.help.toggle(),
      layers: () => this.layers.toggle(),
      search: () => this.search.focus(),
      snapshot: () => void this.snapshot.take(),
      live: () => {
        this.replay.leave();
        this.layers.close();
        this.goHome();
        this.live?.catchUp();
        this.streamPanel.toTop();
      },
      acknowledge: () => {
        this.alarm.acknowledge();
        return this.alarm.isOpen;
      },
      replay: this.replay.key,
      tour: this.unattended.key,
      fullScreen: () => void (document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen()),
    });
  }

  private setOut(): void {
    const { state, numbers, catalogue, selected } = this.model;
    if (state === null || numbers === null || catalogue === null || !this.isMapTried) return;
    this.map?.select(markOf(selected, this.model));
    if (this.flight !== null && this.flight === selected) this.flyTo(this.flight);
    this.flight = null;
  }

  private onState(state: LiveState): void {
    this.first.state.resolve();
    if (this.replay.keepsState(state)) {
      this.figures?.soon();
      return;
    }
    const before = this.model.state;
    this.model.state = state;
    const fresh = before === null ? [] : [...state.fires.values()].filter((f) => isBurning(f) && !before.fires.has(f.id));
    this.drawFires(state, before !== null);
    this.currency.follow();
    if (before === null) this.setOut();
    if (fresh[0] !== undefined) setText(this.announcer, words().newCritical(countyName(this.model, fresh[0].properties.county)));
    this.figures?.soon();
    this.drawing.atOnce();
    this.alarm.attend();
    this.render();
  }

  private drawFires(state: LiveState, announce: boolean): void {
    this.map?.setFires(this.filtering.fires(state), announce, (fire) => state.violations.get(state.fires.get(fire)?.properties.violation ?? '')?.properties.severity ?? 'ordinary');
    this.filtering.follows();
  }

  private readonly render = (): void => this.drawing.soon();

  private draw(): void {
    const { model } = this;
    model.now = model.link === 'dead' && model.provenAt !== null ? model.provenAt : serverNow();
    // Panels tell ages by the moment that they show; strip, feeds and week know the present only.
    const present = model.now;
    model.silentMs = model.provenAt === null ? 0 : serverNow() - model.provenAt;
    this.currency.follow();
    setAttribute(this.frame.root, 'data-link', model.link);
    setAttribute(this.frame.root, 'data-replay', model.replay?.status ?? null);
    this.strip.render(model);
    this.alarm.render();
    this.replay.render(present);
    if (model.replay !== null) model.now = model.replay.moment;
    for (const panel of this.panels) panel.render(model);
    this.precision.render(model);
    this.frame.makeRoom();
    this.card.render(model);
    this.layers.render(model);
    this.filtering.render();
    this.search.render(model);
    this.unattended.render();
    this.spots();
    this.snapshot.render();
    this.baseMaps.render();
    this.renderTools();
    model.now = present;
  }

  private renderTools(): void {
    const w = words();
    setText(this.skip, w.skipToRanking);
    setText(this.tools.home, w.wholeCity);
    setAttribute(this.tools.in, 'aria-label', w.zoomIn);
    setAttribute(this.tools.out, 'aria-label', w.zoomOut);
    this.map?.label(w.mapLabel);
  }

  private measure(refit = true): void {
    if (this.map !== null) this.frame.leaveRoom(this.map, refit);
  }

  private select(target: MapTarget | null, fly: boolean): void {
    const isOther = this.model.selected?.kind !== target?.kind || this.model.selected?.id !== target?.id;
    if (isOther) this.model.listing = null;
    this.model.selected = target;
    // Before the map moves: it writes the address, too, and would replace the place in the history that "back" leads to.
    this.writeAddress(isOther && target !== null);
    this.filtering.selected();
    this.card.render(this.model);
    this.measure(target !== null);
    this.map?.select(markOf(target, this.model));
    if (fly && target !== null) this.flyTo(target);
    this.render();
  }

  /** A place alone: what a card is open about is elsewhere. */
  private showPlace(place: LonLat): void {
    this.select(null, false);
    this.map?.pin(place);
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
    if (!this.isMapTried) this.flight = target;
    else if (target.kind === 'county') this.map?.flyToCounty(target.id);
    else {
      void Promise.all([whereabouts(target, this.model), painted(Promise.resolve(), setsOutWithinMs)]).then(([places]) => {
        if (this.model.selected === target) this.map?.flyTo(places);
      });
    }
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
    if (this.unattended.drives) return;
    const hash = writeAddress({ view: this.view, selected: this.model.selected, layers: this.model.layers, filter: this.model.filter, ...(this.model.listing === null ? {} : { listing: this.model.listing }), ...this.replay.time, ...this.baseMaps.address });
    if (hash === location.hash) return;
    const address = location.pathname + location.search + hash;
    const isCard = (history.state as { card?: unknown } | null)?.card === true;
    if (opens && !(isCard && readAddress(location.hash).selected === null)) history.pushState({ card: true }, '', address);
    else history.replaceState(history.state, '', address);
  }

  /** The address changed under the page: back, forward or by hand. */
  private followAddress(): void {
    const { view, selected, layers, listing, filter, time, baseMap } = readAddress(location.hash);
    this.replay.follow(time);
    this.filtering.follow(filter ?? noFilter);
    this.baseMaps.choose(baseMap ?? null);
    this.view = view;
    this.model.layers = layers;
    this.map?.setLayers(layers);
    // Without these two the address says what is selected already, and nothing is added to the history.
    this.model.selected = selected;
    this.model.listing = listing ?? null;
    this.show(view, selected);
    this.list(listing ?? null);
  }

  private show(view: MapView | null, selected: MapTarget | null): void {
    if (view !== null) this.map?.show(view);
    else if (selected === null) this.map?.goHome();
    this.select(selected, view === null && selected !== null);
  }
}
