import type { ParameterValue } from '../api/parameters';
import { adminWords } from '../i18n/admin';
import { countyUnit } from './dated';
import { countyTitle } from './scopeInput';
import type { Office } from './view';

/** A value with its unit; counties by their names. */
export function valueInWords(office: Office, value: ParameterValue, unit: string): string {
  if (!Array.isArray(value)) return typeof value === 'number' && unit !== '' && unit !== '1' ? `${value} ${unit}` : String(value);
  if (value.length === 0) return adminWords().none;
  return value.map((name) => (unit === countyUnit ? countyTitle(office, name) : name)).join('、');
}
