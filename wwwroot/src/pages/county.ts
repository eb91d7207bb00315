import { composeCounty } from './countyPage';
import { openPage } from './page';

openPage(() => composeCounty(new URLSearchParams(location.search).get('c') ?? ''));
