import type { RuleEntry } from '../api/types';
import { language, words, type Language } from '../i18n';

type Titles = Readonly<Record<Language, string>>;

/** What every rule is called on a screen: short, official, readable from afar. */
export const ruleTitles: Readonly<Record<string, Titles>> = {
  'A10.BiomassBoiler': { zh: '生物质锅炉掺烧', en: 'Biomass boiler, other fuel' },
  'A11.Voc': { zh: 'VOCs 未收集处理', en: 'VOC gas not collected' },
  'A14.MiningDust': { zh: '矿山扬尘', en: 'Mining dust' },
  'A17.HeatRadius': { zh: '供热半径内燃煤设施', en: 'Coal within heat radius' },
  'A17.SmallBoiler': { zh: '燃煤小锅炉', en: 'Small coal boiler' },
  'A17.NewBoiler': { zh: '新建燃煤锅炉', en: 'New coal boiler' },
  'A17.BuiltUpBoiler': { zh: '建成区燃煤锅炉', en: 'Coal boiler in town' },
  'A18.HeatNetwork': { zh: '供热管网内燃煤', en: 'Coal inside heat network' },
  'A19.AlongFenZero': { zh: '沿汾散煤', en: 'Loose coal along the Fen' },
  'A19.HighPollutionFuel': { zh: '禁燃区高污染燃料', en: 'High-pollution fuel in zone' },
  'A19.CoalQuality': { zh: '煤质不合格', en: 'Substandard coal' },
  'A20.LooseCoal': { zh: '禁煤区散煤', en: 'Loose coal in coal-free zone' },
  'A20.Firewood': { zh: '禁煤区柴禾', en: 'Firewood in coal-free zone' },
  'A20.CoalFacility': { zh: '禁煤区燃煤设施', en: 'Coal facility in coal-free zone' },
  'A26.SiteMachinery': { zh: '工地非新能源机械', en: 'Site machine not new-energy' },
  'A26.ControlZone': { zh: '非道路机械超标', en: 'Non-road machine emissions' },
  'A26.BlackSmoke': { zh: '非道路机械冒黑烟', en: 'Machine with black smoke' },
  'A27.FuelQuality': { zh: '黑加油站、非标油', en: 'Illegal or bad fuel' },
  'A28.Monitoring': { zh: '工地监控缺失', en: 'Site monitoring missing' },
  'A28.SixHundred': { zh: '六个百分百不达标', en: 'Six 100 % items failed' },
  'A28.Dust': { zh: '工地扬尘超标', en: 'Dust above limit' },
  'A28.SiteDust': { zh: '工地降尘不到位', en: 'Site without dust measures' },
  'A29.RoadDust': { zh: '市区道路积尘', en: 'Dusty city road' },
  'A30.BareLand': { zh: '裸地未治理', en: 'Bare land untreated' },
  'A30.Order': { zh: '裸地治理次序不当', en: 'Bare land: order of measures' },
  'A30.NetMesh': { zh: '防尘网目数不足', en: 'Dust net too coarse' },
  'A30.Yard': { zh: '无证堆场未清理', en: 'Unlicensed yard' },
  'A30.Road': { zh: '破损道路未修复', en: 'Damaged road' },
  'A30.BareSoil': { zh: '裸土未苫盖', en: 'Uncovered bare soil' },
  'A31.DustyFacility': { zh: '公共设施积尘', en: 'Dusty public facility' },
  'A32.HighwayDust': { zh: '公路积尘', en: 'Dusty highway' },
  'A32.UncoveredTruck': { zh: '车辆抛撒、未苫盖', en: 'Spilling or uncovered truck' },
  'A33.IndustrialDust': { zh: '企业无组织扬尘', en: 'Fugitive industrial dust' },
  'A34.Barbecue': { zh: '露天烧烤', en: 'Open-air barbecue' },
  'A34.KitchenFumes': { zh: '餐饮油烟', en: 'Kitchen fumes' },
  'A35.Odour': { zh: '恶臭异味', en: 'Bad smell' },
  'A36.OpenBurning': { zh: '露天焚烧', en: 'Open burning' },
  'A37.Fireworks': { zh: '烟花爆竹', en: 'Fireworks' },
  'A38.Ammonia': { zh: '畜禽养殖臭气', en: 'Livestock ammonia' },
  'A39.Pm25': { zh: 'PM2.5 年均超限', en: 'PM2.5 annual mean' },
  'A41.Station': { zh: '监测站未联网', en: 'Air station offline' },
  'A45.Scattered': { zh: '散乱污企业', en: 'Scattered polluter' },
  'A46.TamperedTruck': { zh: '货车排放装置篡改', en: 'Tampered truck emissions' },
};

/** What an article is about, where several of its rules are counted together. */
const articleTitles: Readonly<Record<number, Titles>> = {
  17: { zh: '燃煤锅炉与设施', en: 'Coal boilers and facilities' },
  19: { zh: '散煤与禁燃区燃料', en: 'Coal and forbidden fuels' },
  20: { zh: '禁煤区散煤、柴禾', en: 'Coal and firewood in zones' },
  26: { zh: '非道路移动机械', en: 'Non-road machinery' },
  28: { zh: '建筑工地扬尘', en: 'Construction dust' },
  30: { zh: '裸地、堆场、道路', en: 'Bare land, yards, roads' },
  32: { zh: '公路与运输扬尘', en: 'Highway and truck dust' },
  34: { zh: '烧烤与餐饮油烟', en: 'Barbecue and kitchen fumes' },
};

/** A single rule speaks for itself; several by their article. */
export function articleTitle(article: number, rules: readonly string[]): string {
  const [only] = rules;
  if (rules.length === 1 && only !== undefined) return ruleTitle(only);
  return articleTitles[article]?.[language()] ?? words().otherRule(article);
}

const served = new Map<string, Titles>();

/** The server's own titles, longer than the screen's: for rules that this page is too old to know. */
export function nameRules(rules: readonly RuleEntry[]): void {
  for (const { code, titleZh, titleEn } of rules) served.set(code, { zh: titleZh, en: titleEn });
}

/** A rule that neither the page nor the server names is named by its article. */
export function ruleTitle(rule: string): string {
  return (ruleTitles[rule] ?? served.get(rule))?.[language()] ?? words().otherRule(articleOf(rule));
}

/** "A36.OpenBurning" → 36 */
export const articleOf = (rule: string): number => Number(/^A(\d+)/.exec(rule)?.[1] ?? 0);
