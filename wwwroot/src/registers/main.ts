import './style/index.css';
import { rememberedLanguage, useLanguage } from '../i18n';
import { tellEnded } from '../session/ended';
import { enter } from '../session/session';
import { Registers } from './registers';

useLanguage(rememberedLanguage());
const registers = new Registers(document.body);
void enter({ holdsUnsaved: () => registers.holdsUnsaved, ended: tellEnded }).then(() => registers.start());
