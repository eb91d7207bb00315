import { adminEn } from './admin.en';
import { adminZh, type AdminWords } from './admin.zh';
import { language } from './index';

/** The words of the administration, in the language in use. */
export const adminWords = (): AdminWords => (language() === 'zh' ? adminZh : adminEn);
