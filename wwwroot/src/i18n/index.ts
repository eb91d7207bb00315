import { en } from './en';
import { zh, type Messages } from './zh';

export type { Messages };
export type Language = 'zh' | 'en';

const tables: Record<Language, Messages> = { zh, en };
const storageKey = 'airmap.language';
let current: Language = 'zh';

/** The words of the language in use. */
export function words(): Messages {
  return tables[current];
}

export function language(): Language {
  return current;
}

export function useLanguage(chosen: Language): void {
  current = chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  document.title = words().appName;
  try {
    localStorage.setItem(storageKey, chosen);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

export function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}
