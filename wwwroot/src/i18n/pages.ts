import { language } from './index';
import { pagesEn } from './pages.en';
import { pagesZh } from './pages.zh';

/** The words of the pages of one county and of one subject, in the language in use. */
export const pageWords = (): typeof pagesZh => (language() === 'zh' ? pagesZh : pagesEn);
