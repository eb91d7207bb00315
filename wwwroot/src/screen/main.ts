import '../style/index.css';
import { rememberedLanguage, useLanguage } from '../i18n';
import { enter } from '../session/session';
import { Wall } from './wall';

useLanguage(rememberedLanguage());
void enter().then(() => new Wall(document.body).start());
