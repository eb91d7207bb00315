import { language } from '../i18n';
import { countyName, type Model } from './model';

/** What broke a rule. Counties and kinds of findings have names in both languages; what people registered has the one that they gave it. */
export function subjectName({ kind, id, name }: { kind: string; id: string; name: string | null }, model: Pick<Model, 'numbers' | 'catalogue'>): string | null {
  if (name === null || language() === 'zh') return name;
  const county = kind === 'county' ? model.numbers?.counties.find((c) => c.properties.code === id || c.properties.name === name) : undefined;
  if (county !== undefined) return countyName(model, county.properties.code);
  return (kind === 'finding' ? model.catalogue?.findingKinds.find((k) => k.titleZh === name)?.titleEn : undefined) ?? name;
}
