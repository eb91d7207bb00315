interface Place {
  pathname: string;
  search: string;
  hash: string;
}

/** The sign-in page that leads back to where one is. A wall asks for a code instead of a password. */
export function signInAddress({ pathname, search, hash }: Place): string {
  const query = new URLSearchParams({ next: pathname + search + hash });
  if (new URLSearchParams(search).get('kiosk') === '1') query.set('kiosk', '1');
  return `/signin/?${query.toString()}`;
}

/** Where to go after the sign-in. Only a page of this server: a link must not lead elsewhere by way of us. */
export function wayBack(search: string, otherwise: string): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  try {
    const url = new URL(next, 'http://own.invalid');
    const isOwn = next.startsWith('/') && url.origin === 'http://own.invalid' && !url.pathname.startsWith('//') && !url.pathname.startsWith('/signin');
    return isOwn ? url.pathname + url.search + url.hash : otherwise;
  } catch {
    return otherwise;
  }
}
