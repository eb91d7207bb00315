/** Where two states of a record differ, field by field. */
export interface Difference {
  path: string;
  before: string | null;
  after: string | null;
}

export function differences(before: unknown, after: unknown): Difference[] {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])].map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null })).filter((d) => d.before !== d.after);
}

/** Leaves by path; a short list of plain values is one leaf. */
function flat(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) {
    if (path !== '' && value === null) into.set(path, '–');
  } else if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) into.set(path, value.join('、'));
    else value.forEach((item, i) => flat(item, `${path}[${i}]`, into));
  } else if (typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) flat(inner, path === '' ? name : `${path}.${name}`, into);
  } else into.set(path, String(value));
  return into;
}
