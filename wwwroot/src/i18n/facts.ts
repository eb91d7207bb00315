import type { Language } from './index';

export type Word = readonly [zh: string, en: string];

/** A fact that a decision rests on, as people call it. `as` says how its value is told. */
interface FactWord {
  readonly name: Word;
  /** What has to be told where a rule waits for it, if that is more than the fact. */
  readonly missing?: Word;
  readonly as?: 'moment' | 'distance' | 'percent';
  readonly unit?: string;
  /** Said elsewhere on the card, or of no use to people. */
  readonly hidden?: boolean;
}

const hidden = (zh: string, en: string): FactWord => ({ name: [zh, en], hidden: true });

/** Every fact that the articles tell or wait for, by its name in camel case. */
export const factWords: Readonly<Record<string, FactWord>> = {
  kind: { name: ['类型', 'Kind'] },
  status: { name: ['状态', 'Status'] },
  state: { name: ['状态', 'State'] },
  fuel: { name: ['燃料', 'Fuel'] },
  purpose: { name: ['用途', 'Purpose'] },
  tonnesPerHour: { name: ['额定蒸发量', 'Rated steam'], unit: 't/h' },
  megawatts: { name: ['机组容量', 'Unit capacity'], unit: 'MW' },
  outdated: { name: ['落后机组', 'Outdated unit'] },
  plant: { name: ['所在供热半径的电厂', 'Plant whose radius it is in'], missing: ['电厂资料', 'Data of the plant'] },
  ownPlant: { name: ['所属电厂', 'Own plant'] },
  plantCapacity: { name: ['附近电厂的装机容量', 'Capacity of the plant nearby'] },
  plantOperating: { name: ['附近电厂的运行状态', 'Whether the plant nearby is operating'] },
  plantId: hidden('电厂编号', 'Plant id'),
  plantCapacityMegawatts: { name: ['电厂装机容量', 'Plant capacity'], unit: 'MW' },
  distanceMetres: { name: ['距电厂', 'Distance to the plant'], as: 'distance' },
  commissionedOn: { name: ['投运日期', 'Commissioned on'] },
  siteStatus: { name: ['工地状态', 'Status of the site'], missing: ['所属工地的状态', 'Status of its site'] },
  onConstructionSite: { name: ['是否在工地', 'Whether it is on a site'] },
  grounds: { name: ['违规事由', 'Grounds'] },
  minimumStage: { name: ['控制区要求的排放阶段', 'Stage that the zone asks for'] },
  zoneMinimumStage: { name: ['控制区最低排放阶段', 'Lowest stage of the zone'] },
  power: { name: ['动力', 'Power'] },
  stage: { name: ['排放阶段', 'Emission stage'] },
  blackSmoke: { name: ['冒黑烟', 'Black smoke'] },
  areaSquareMetres: { name: ['占地面积', 'Area'], unit: 'm²' },
  video: { name: ['视频监控', 'Video'] },
  monitors: { name: ['扬尘监测设备', 'Dust monitors'], missing: ['扬尘在线监测设备', 'Online dust monitors'] },
  inspection: { name: ['六个百分百检查', 'Six-item inspection'] },
  silentMonitors: { name: ['无数据的设备', 'Silent monitors'] },
  silentSince: { name: ['无数据自', 'Silent since'], as: 'moment' },
  inspectedAt: { name: ['检查时间', 'Inspected at'], as: 'moment' },
  inspectionId: hidden('检查编号', 'Inspection id'),
  failedItems: { name: ['不达标项目', 'Failed items'] },
  treatment: { name: ['治理措施', 'Treatment'] },
  skippedMeasures: { name: ['应先采取的措施', 'Measures that come first'] },
  netMesh: { name: ['绿网目数', 'Net mesh'], unit: '目' },
  licensed: { name: ['手续齐全', 'Licensed'] },
  cleared: { name: ['已清理', 'Cleared'] },
  damaged: { name: ['破损', 'Damaged'] },
  repaired: { name: ['已修复', 'Repaired'] },
  county: hidden('县（市、区）', 'County'),
  firstSeenAt: { name: ['首次发现', 'First seen'], as: 'moment' },
  lastSeenAt: { name: ['最近发现', 'Last seen'], as: 'moment' },
  detections: { name: ['探测次数', 'Detections'] },
  attributedToHeatSource: { name: ['属工业热源', 'Industrial heat source'] },
  frpMegawatts: { name: ['辐射功率', 'Radiative power'], unit: 'MW' },
  annualMeanMicrograms: { name: ['年均浓度', 'Annual mean'], unit: 'µg/m³' },
  validDays: { name: ['有效天数', 'Valid days'], missing: ['有效监测天数', 'Days with valid data'] },
  validData: { name: ['有效监测数据', 'Valid data'] },
  annualMean: { name: ['PM2.5 年均值', 'PM2.5 annual mean'] },
  developmentZone: { name: ['属开发区', 'Development zone'] },
  online: { name: ['已联网', 'Online'] },
  lastDataAt: { name: ['最近数据', 'Last data'], as: 'moment' },
  installedAt: { name: ['建成时间', 'Installed'], as: 'moment' },
  hasStation: { name: ['有监测站', 'Has a station'], missing: ['园区监测站', 'Air station of the park'] },
  scattered: { name: ['属散乱污', 'Scattered polluter'] },
  disposed: { name: ['已处置', 'Disposed of'] },
  cameBack: { name: ['死灰复燃', 'Came back'] },
  foundAt: { name: ['发现时间', 'Found at'], as: 'moment' },
  filedBy: { name: ['来源', 'Filed by'] },
  factor: { name: ['污染物', 'Pollutant'] },
  average: { name: ['平均浓度', 'Average'], missing: ['平均浓度（监测数据）', 'Average of the monitor’s data'] },
  background: { name: ['区域背景浓度', 'Background of the county'] },
  averageMicrograms: { name: ['平均浓度', 'Average'], unit: 'µg/m³' },
  backgroundMicrograms: { name: ['区域背景浓度', 'Background of the county'], unit: 'µg/m³' },
  validMinutes: { name: ['有效分钟数', 'Valid minutes'] },
  exceededBefore: { name: ['此前已超标', 'Exceeded before'] },
  zone: hidden('区域', 'Zone'),
  place: { name: ['位置', 'Place'] },
  urbanArea: { name: ['市区范围', 'Extent of the urban area'] },
  hardeningFeasible: { name: ['可硬化', 'Fit for hardening'] },
  greeningFeasible: { name: ['可绿化', 'Fit for greening'] },
  present: { name: ['是否仍在', 'Whether it is still there'] },
  verdictReason: { name: ['处置理由', 'Reason of the verdict'] },
  confirmation: { name: ['核实结论', 'Confirmation'] },
};

/** Words of values, where no register's choice says them. */
export const valueWords: Readonly<Record<string, Word>> = {
  noVideo: ['无视频监控', 'no video'],
  noMonitor: ['无扬尘监测设备', 'no dust monitor'],
  silent: ['监测设备无数据', 'monitor silent'],
  obsoleteStage: ['排放阶段过低', 'obsolete stage'],
  blackSmoke: ['冒黑烟', 'black smoke'],
  hardening: ['硬化', 'hardening'],
  greening: ['绿化', 'greening'],
  offline: ['未联网', 'offline'],
  cameBack: ['死灰复燃', 'came back'],
  notDisposed: ['未处置', 'not disposed of'],
  patrol: ['巡查', 'patrol'],
  public: ['群众举报', 'public report'],
  filed: ['待核实', 'filed'],
  suspected: ['疑似', 'suspected'],
  confirmed: ['已核实', 'confirmed'],
  rectified: ['已整改', 'rectified'],
  dismissed: ['不成立', 'dismissed'],
  lapsed: ['失联', 'unseen'],
  merged: ['并入另一火点', 'merged into another fire'],
  out: ['已灭', 'out'],
  refuted: ['误报', 'false alarm'],
  history: ['历史', 'history'],
};

/** `net-mesh` → `netMesh`: facts that are missing are named in the one way, facts that were weighed in the other. */
export const camel = (fact: string): string => fact.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The fact that a rule waits for, as the table calls it; null where the table does not know it. */
export function missingFact(fact: string, language: Language): string | null {
  const word = factWords[camel(fact)];
  return word === undefined ? null : inLanguage(word.missing ?? word.name, language);
}

export const factUnit = (unit: string, language: Language): string => (unit === '目' && language === 'en' ? 'mesh' : unit);
export const inLanguage = ([zh, en]: Word, language: Language): string => (language === 'zh' ? zh : en);
