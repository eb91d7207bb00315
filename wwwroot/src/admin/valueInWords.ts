import type { ParameterValue } from '../api/parameters';
import { adminWords } from '../i18n/admin';
import { language } from '../i18n';
import { stageInWords, unitInWords } from '../i18n/parameters';
import { countyUnit } from './dated';
import { countyTitle } from './scopeInput';
import type { Office } from './view';

/** A value with its unit; counties by their names. */
export function valueInWords(office: Office, value: ParameterValue, unit: string): string {
  if (!Array.isArray(value)) {
    if (typeof value !== 'number') return value;
    return unit === 'stage' ? stageInWords(value, language()) : `${value} ${unitInWords(unit, language())}`.trimEnd();
  }
  if (value.length === 0) return adminWords().none;
  return value.map((name) => (unit === countyUnit ? countyTitle(office, name) : name)).join(language() === 'zh' ? '、' : ', ');
}
