import { inLanguage, type Word } from './facts';
import type { Language } from './index';

/** The dated values of the law, in short; the server's own titles speak for those that this page does not know. */
export const parameterWords: Readonly<Record<string, Word>> = {
  'AlongFen.Counties': ['沿汾县（市、区）', 'Counties along the Fen'],
  'JointControl.Counties': ['联防联控县', 'Counties under joint control'],
  'A17.HeatRadius.Radius': ['供热半径', 'Heat-supply radius'],
  'A17.HeatRadius.Capacity': ['电厂最小装机', 'Least capacity of the plant'],
  'A17.SmallBoiler.Capacity': ['须淘汰的锅炉容量上限（含）', 'Largest boiler to be removed (inclusive)'],
  'A17.NewBoiler.After': ['此日之后投运视为新建', 'New when commissioned after'],
  'A17.DueHours': ['处置时限', 'Time to mend'],
  'A18.DueHours': ['处置时限', 'Time to mend'],
  'A19.AlongFenZero.After': ['沿汾散煤清零期限', 'Deadline for no loose coal along the Fen'],
  'A19.DueHours': ['处置时限', 'Time to mend'],
  'A20.DueHours': ['处置时限', 'Time to mend'],
  'A26.SiteMachinery.After': ['工地机械更换期限', 'Deadline for new-energy site machines'],
  'A26.DueHours': ['处置时限', 'Time to mend'],
  'A26.ControlZone.ObsoleteStage': ['淘汰的排放阶段上限（含）', 'Highest obsolete emission stage (inclusive)'],
  'A28.Monitoring.Area': ['须监测的工地面积下限（含）', 'Least site area to be monitored (inclusive)'],
  'A28.Monitoring.Silence': ['监测数据中断上限', 'Longest silence of a monitor'],
  'A28.Monitoring.DueHours': ['处置时限', 'Time to mend'],
  'A28.SixHundred.Items': ['六个百分百', 'The six 100 % items'],
  'A28.SixHundred.DueHours': ['处置时限', 'Time to mend'],
  'A28.Dust.Tsp.Limit': ['TSP 限值', 'TSP limit'],
  'A28.Dust.Tsp.AveragingMinutes': ['TSP 平均时间', 'TSP averaging time'],
  'A28.Dust.Pm10.AboveBackground': ['PM10 高出背景值的限值', 'PM10 limit above background'],
  'A28.Dust.Pm10.AveragingMinutes': ['PM10 平均时间', 'PM10 averaging time'],
  'A28.Dust.ValidShare': ['有效数据最小比例', 'Least share of valid data'],
  'A28.Dust.ClearMinutes': ['须连续达标的时间', 'Time below the limit until clear'],
  'A28.Dust.CriticalFactor': ['达限值多少倍为严重', 'Critical from so many times the limit'],
  'A28.Dust.DueHours': ['处置时限', 'Time to mend'],
  'A30.BareLand.After': ['裸地整治期限', 'Deadline for bare land'],
  'A30.Road.After': ['破损道路整治期限', 'Deadline for damaged roads'],
  'A30.Yard.From': ['清理堆场起始日', 'Yards to be cleared from'],
  'A30.NetMesh.Mesh': ['绿网最低目数（含）', 'Least mesh of the net (inclusive)'],
  'A30.DueHours': ['处置时限', 'Time to mend'],
  'A34.DueHours': ['处置时限', 'Time to mend'],
  'A36.DueHours': ['处置时限', 'Time to mend'],
  'A37.DueHours': ['处置时限', 'Time to mend'],
  'A39.Pm25.Limit': ['PM2.5 年均限值', 'PM2.5 annual limit'],
  'A39.Pm25.ValidDays': ['年均值最少有效日数', 'Least valid days of the year'],
  'A39.DueHours': ['处置时限', 'Time to mend'],
  'A41.Township.Stations': ['乡镇监测站数', 'Stations of townships'],
  'A41.Township.After': ['乡镇站联网期限', 'Deadline for township stations'],
  'A41.AlongFen.After': ['沿汾站点全覆盖期限', 'Deadline for stations along the Fen'],
  'A41.Station.Silence': ['空气站数据中断上限', 'Longest silence of a station'],
  'A41.DueHours': ['处置时限', 'Time to mend'],
  'A45.DueHours': ['处置时限', 'Time to mend'],
  'Finding.DueHours': ['处置时限', 'Time to mend'],
};

/** The server's own title is the official one; it is Chinese. */
export function parameterInWords({ code, title }: { code: string; title: string }, language: Language): string {
  return language === 'zh' ? title : (parameterWords[code]?.[1] ?? title);
}

/** Units that are words rather than symbols; an empty one stands for no measure and is not said. */
export const unitWords: Readonly<Record<string, Word>> = {
  h: ['小时', 'h'],
  min: ['分钟', 'min'],
  day: ['天', 'days'],
  station: ['个', 'stations'],
  目: ['目', 'mesh'],
  stage: ['', ''],
  item: ['', ''],
  date: ['', ''],
  list: ['', ''],
  county: ['', ''],
  'county code': ['', ''],
  1: ['', ''],
};

/** Emission stages are told as the standards call them: 国Ⅰ, China I. */
export function stageInWords(stage: number, language: Language): string {
  const roman = ['0', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', 'Ⅵ'][stage] ?? String(stage);
  return language === 'zh' ? `国${roman}` : `China ${roman}`;
}

export function unitInWords(unit: string, language: Language): string {
  const word = unitWords[unit];
  return word === undefined ? unit : inLanguage(word, language);
}
