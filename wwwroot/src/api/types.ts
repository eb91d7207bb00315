import type { MultiPolygon, Polygon } from 'geojson';

/** What the server says, as the wire says it. Times are RFC 3339 text; positions are longitude, latitude (CGCS2000). */

export type LonLat = [longitude: number, latitude: number];

export type FireStatus = 'suspected' | 'confirmed' | 'lapsed' | 'out' | 'refuted' | 'history' | 'merged';
export type Severity = 'critical' | 'serious' | 'ordinary';
export type SourceKind = 'video' | 'drone' | 'vehicle' | 'satellite' | 'phone';
export type VerdictKind = 'confirmed' | 'out' | 'refuted';

interface PointGeometry {
  type: 'Point';
  coordinates: LonLat;
}

export interface PointFeature<P> {
  type: 'Feature';
  id: string;
  geometry: PointGeometry;
  properties: P;
}

interface Verdict {
  verdict: VerdictKind;
  reason: string | null;
  at: string;
  knownAt: string;
}

export interface FireProperties {
  id: string;
  name: string | null;
  status: FireStatus;
  county: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  knownAt: string;
  lapsesAt: string | null;
  detections: number;
  sources: Partial<Record<SourceKind, number>>;
  radiusMetres: number | null;
  frpMegawatts: number | null;
  /** Several kinds of sources, or somebody's verdict; null while it is suspected. */
  confirmedBy?: 'sources' | 'verdict' | null;
  verdict: Verdict | null;
  violation: string | null;
  /** The registered heat source that explains it: no open burning. */
  attributedTo?: { id: string; name: string | null } | null;
  /** The fire that it turned out to be one with; null unless `merged`. */
  mergedInto?: string | null;
  simulated: boolean;
}

export interface ViolationProperties {
  id: string;
  rule: string;
  article: number;
  severity: Severity;
  status: 'open' | 'closed';
  subject: { kind: string; id: string; name: string | null };
  county: string | null;
  zone: ZoneOfViolation | null;
  openedAt: string;
  knownAt: string;
  dueAt: string | null;
  closedAt: string | null;
  closedReason: string | null;
  facts: Record<string, unknown>;
  parameters: { code: string; value: unknown; unit: string | null; citation: string | null; effectiveFrom: string | null }[];
  evidence: string[];
  lead: string[];
  cooperating: string[];
  responsible: string | null;
  simulated: boolean;
}

export type Fire = PointFeature<FireProperties>;
/** What is judged may have no place on the map. */
export type Violation = Omit<PointFeature<ViolationProperties>, 'geometry'> & { geometry: PointGeometry | null };

export interface DetectionProperties {
  id: string;
  sourceKind: SourceKind;
  feed: string;
  occurredAt?: string;
  at?: string;
  radiusMetres: number | null;
  /** Of a camera: degrees clockwise from north. */
  bearing?: number | null;
  frpMegawatts?: number | null;
  /** That it belongs to its fire, 0 to 1; null for one that is alone. */
  likelihood?: number | null;
}

/** How a fire went: each minute in which it was seen, the earliest first. */
export interface FireStep {
  at: string;
  detections: number;
  frpMegawatts: number | null;
  /** How far the positions until then lie apart. */
  extentMetres: number;
}

/** What happened to a fire besides being seen. */
export interface FireChange {
  at: string;
  what: 'known' | 'parted' | 'split-off' | 'joined' | 'merged' | 'corroborated' | 'suspected' | 'attributed' | 'escaped' | 'lapsed' | 'burning' | 'verdict';
  /** The heat source. */
  name: string | null;
  verdict: VerdictKind | null;
  reason: string | null;
}

export type Detection = PointFeature<DetectionProperties>;

export interface CountySummary {
  open: number;
  overdue: number;
  burning: number;
  /** Seen now, and explained by a registered heat source; older servers do not tell. */
  attributed?: number;
  /** Null in what is replayed, where it is not told. */
  undecidable: number | null;
  byRule: Record<string, number>;
  bySeverity: Record<Severity, number>;
  openedToday: number;
  closedToday: number;
  simulated: number;
}

export interface CountyProperties {
  code: string;
  name: string;
  nameEn: string | null;
  label: LonLat;
  areaSquareKilometres: number;
  responsible: string;
  summary: CountySummary;
}

export interface County {
  type: 'Feature';
  id: string;
  geometry: { type: 'Polygon'; coordinates: LonLat[][] } | { type: 'MultiPolygon'; coordinates: LonLat[][][] };
  properties: CountyProperties;
}

/** A county whose numbers one may not see. */
export interface Outline extends Omit<County, 'properties'> {
  properties: Omit<CountyProperties, 'summary'> & { summary: null };
}

/** The place in the event log that an answer reflects. */
export interface AsOf {
  epoch: string;
  seq: number;
}

export interface FeatureList<F> {
  type: 'FeatureCollection';
  features: F[];
  next: string | null;
  asOf: AsOf;
}

/** One entry of the log. `data` is the thing as a GET would show it after the change. */
export interface LogEvent {
  seq: number;
  at: string;
  type: string;
  county: string | null;
  id: string;
  data: unknown;
}

export interface EventPage {
  epoch: string;
  events: LogEvent[];
  /** Head of the log. */
  last: number;
  /** For readers of some counties, whose pages have gaps: the place of the log up to which this page tells all that concerns them. */
  reaches?: number;
}

export interface Feed {
  feed: string;
  sourceKind: SourceKind;
  /** Null before its first detection. */
  lastKnownAt: string | null;
  lastOccurredAt: string | null;
  today: number;
  simulated: boolean;
  kind: 'firms' | 'himawari' | 'folder' | 'webhook' | 'delivered';
  state: 'fresh' | 'stale' | 'failing';
  /** ISO 8601 duration; null for what is never stale. */
  staleAfter: string | null;
  /** When it becomes stale unless something comes; null too where the account may not know. */
  staleAt: string | null;
  lastPolledAt: string | null;
  lastGoodAt: string | null;
  lastError: { code: string; words: string; at: string } | null;
  nextPollAt: string | null;
}

export interface Trend {
  days: string[];
  rules: Record<string, { opened: number[]; closed: number[] }>;
}

/** What the time bar reaches over. */
export type Span = '24h' | '7d' | '30d';

export interface Activity {
  from: string;
  to: string;
  binSeconds: number;
  bins: { at: string; fires: number; opened: number; closed: number }[];
}

/** A rule of the plan as the server names it. */
export interface RuleEntry {
  code: string;
  article: number;
  titleZh: string;
  titleEn: string;
  /** Codes of the dated values that it applies. */
  parameters: string[];
  lead: string[];
  cooperating: string[];
}

/** A dated value's name; the values that were applied stand in each violation. */
export interface ParameterEntry {
  code: string;
  title: string;
}

export interface FindingKindEntry {
  code: string;
  rule: string;
  titleZh: string;
  titleEn: string;
}

/** An entry of any register, as far as a card shows it. */
export interface Subject {
  id: string;
  geometry: { type: string; coordinates: unknown } | null;
  properties: { id: string; register: string; name: string; county: string | null; simulated: boolean; version: number } & Record<string, unknown>;
}

export interface Zone {
  id: string;
  geometry: Polygon | MultiPolygon;
  properties: {
    version: number;
    kind: string;
    kindTitle: { zh: string; en: string };
    name: string;
    status: string;
    documentNumber: string | null;
    effectiveFrom: string | null;
    effectiveTo: string | null;
    counties: string[];
    areaSquareMetres: number;
    derived: boolean;
    simulated: boolean;
    radiusKilometres?: number;
    plantId?: string;
  };
}

/** The zone version that a violation names. */
export interface ZoneOfViolation {
  id: string;
  version: number;
  kind: string;
  name: string;
  documentNumber: string | null;
}
