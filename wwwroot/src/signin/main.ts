import './style/index.css';
import { rememberedLanguage, useLanguage } from '../i18n';
import { Door } from './door';

useLanguage(rememberedLanguage());
new Door(document.body).start();
