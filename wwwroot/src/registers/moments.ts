/** Times in forms are Beijing time, whatever clock the machine has. */
const shiftMs = 8 * 3_600_000;

/** RFC 3339 → `2026-03-15T10:00:05`, as a time picker takes it; empty for what is no time. */
export function pickerText(moment: string): string {
  const at = Date.parse(moment);
  return Number.isNaN(at) ? '' : new Date(at + shiftMs).toISOString().slice(0, 19);
}

/** `2026-03-15T10:00` → RFC 3339 with the offset of Beijing. */
export function momentText(picked: string): string {
  if (picked === '') return '';
  return `${picked.length === 16 ? `${picked}:00` : picked.slice(0, 19)}+08:00`;
}
