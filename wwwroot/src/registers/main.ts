import './style/index.css';
import { rememberedLanguage, useLanguage } from '../i18n';
import { Registers } from './registers';

useLanguage(rememberedLanguage());
new Registers(document.body).start();
