import { registersEn } from './registers.en';
import { registersZh, type RegisterWords } from './registers.zh';
import { language } from './index';

/** The words of the pages of the registers, in the language in use. */
export const deskWords = (): RegisterWords => (language() === 'zh' ? registersZh : registersEn);
