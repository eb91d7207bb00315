import './style/index.css';
import { rememberedLanguage, useLanguage } from '../i18n';
import { tellEnded } from '../session/ended';
import { enter } from '../session/session';
import { Admin } from './admin';

useLanguage(rememberedLanguage());
const admin = new Admin(document.body);
void enter({ holdsUnsaved: () => admin.holdsUnsaved, ended: tellEnded }).then(() => admin.start());
