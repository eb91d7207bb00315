import type { Field } from '../api/registers';
import { words } from '../i18n';
import { deskWords } from '../i18n/registers';
import { clock, beijingDay } from '../i18n/time';
import { cornersOf, type ShapeDraft } from './shapeDraft';
import { registerOfKind, titleOf, type Desk } from './view';

/** A value of a field as people read it; empty for what is not known. */
export function valueInWords(desk: Desk, field: Field, text: string): string {
  const w = deskWords();
  if (text === '') return '';
  switch (field.type) {
    case 'flag':
      return text === 'true' ? w.yes : w.no;
    case 'choice': {
      const option = field.options?.find((o) => o.code === text);
      return option === undefined ? text : titleOf(option);
    }
    case 'number':
    case 'integer':
      return field.unit === null ? text : `${text} ${field.unit}`;
    case 'moment':
      return momentInWords(text);
    case 'reference': {
      const name = desk.names.of(registerOfKind(desk, field.refersTo ?? ''), text);
      return name === undefined ? '…' : (name ?? w.referenceUnknown);
    }
    default:
      return text;
  }
}

/** `2026-03-15 10:00:05`, Beijing. */
export function momentInWords(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : `${beijingDay(at)} ${clock(at)}`;
}

/** `2026-03-15 10:00`, Beijing. */
export const minuteInWords = (text: string): string => momentInWords(text).slice(0, 16);

export function shapeInWords(shape: ShapeDraft): string {
  const w = deskWords();
  switch (shape.kind) {
    case 'none':
      return '';
    case 'point':
      return shape.lon === '' && shape.lat === '' ? '' : `${shape.lon}, ${shape.lat}${shape.crs === 'CGCS2000' ? '' : ` (${shape.crs})`}`;
    case 'other':
      return w.shapeOther;
    default:
      return shape.corners === '' ? '' : w.shapeTold(shape.kind === 'line' ? w.shapeLine : w.shapeArea, cornersOf(shape.corners).corners.length);
  }
}

export const articleInWords = (article: number): string => words().article(article);
export const count = (n: number): string => n.toLocaleString('en-US').replaceAll(',', ' ');
