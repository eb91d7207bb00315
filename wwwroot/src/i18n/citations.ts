import type { Language } from './index';

/** What a citation means in English, in full-width brackets behind the Chinese; brackets around a standard's number are no such thing. */
const inEnglish = /（([a-z][\x20-\x7e]* [\x20-\x7e]*)）/;
const between = '；';

/** Citations are Chinese, and say what they mean in English where it is more than a place. */
export function citationInWords(citation: string, language: Language): string {
  return citation.split(between).map((part) => (language === 'zh' ? part.replace(inEnglish, '') : (inEnglish.exec(part)?.[1] ?? part))).join(language === 'zh' ? between : '; ');
}
