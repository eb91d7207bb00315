import type { Quarantined } from '../api/readings';
import { dustWords, factorInWords, reasonInWords } from '../i18n/dust';
import { h } from '../screen/dom';
import { ask } from './question';
import { count } from './values';

export interface Releasing {
  reason: string;
  /** What the values are to be multiplied by; null where they are right. */
  scale: number | null;
}

/** Asks why readings that are not believed are right. Null when nobody says so. */
export async function askRelease(group: Quarantined): Promise<Releasing | null> {
  const w = dustWords();
  const reason = h('textarea', { rows: '3', id: 'release-reason', maxlength: '1000', required: '', 'aria-describedby': 'release-fault' });
  const fault = h('p', { class: 'fault', id: 'release-fault', hidden: '' }, w.releaseMissing);
  reason.addEventListener('input', () => { fault.hidden = true; });
  const scale = h('select', { id: 'release-scale' }, ...w.scales.map(([value, text]) => h('option', { value }, text)));
  const conversion = group.quality === 'unitImplausible' ? [h('label', { for: 'release-scale' }, w.releaseScale), scale] : [];
  const body = [w.releaseWhat(group.name, factorInWords(group.factor), count(group.readings), reasonInWords(group.quality)), h('div', { class: 'field' }, h('label', { for: 'release-reason' }, w.releaseReason), reason, fault, ...conversion)];
  while (await ask({ title: w.releaseTitle, body, yes: w.release, no: w.cancel })) {
    const said = reason.value.trim();
    if (said !== '') return { reason: said, scale: scale.value === '' ? null : Number(scale.value) };
    fault.hidden = false;
  }
  return null;
}
