import { language } from './index';
import { sessionEn } from './session.en';
import { sessionZh, type SessionWords } from './session.zh';

/** The words around signing in, in the language in use. */
export const sessionWords = (): SessionWords => (language() === 'zh' ? sessionZh : sessionEn);
