import { openPage } from './page';
import { composeSubject } from './subjectPage';

openPage(() => composeSubject(new URLSearchParams(location.search).get('s') ?? ''));
