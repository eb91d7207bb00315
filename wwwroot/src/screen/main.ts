import '../style/index.css';
import { rememberedLanguage, useLanguage } from '../i18n';
import { Wall } from './wall';

useLanguage(rememberedLanguage());
new Wall(document.body).start();
