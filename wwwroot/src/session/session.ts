import { keepBy, type Keeper } from '../api/http';
import { readSession, type Session, type SignedIn } from '../api/session';
import { retryDelayMs } from '../live/link';
import { signInAddress } from './way';

/** The session of this page: read once, kept for its token and permissions, and left for the sign-in page when the server no longer knows it. */

/** What a page says of itself when its session has ended. */
export interface Page {
  /** Something typed would be lost by leaving: then the page asks to sign in elsewhere and stays. */
  holdsUnsaved?(): boolean;
  ended?(address: string): void;
}

let known: Session | null = null;
/** The server no longer knows what is known here; what it allowed stays on the page, for what is typed there is not lost. */
let ended = false;
let reading: Promise<Session> | null = null;
let page: Page = {};
let leaving = false;
const listeners = new Set<() => void>();

/** Null while nobody is signed in, or nothing is known yet. */
export const session = (): SignedIn | null => (known?.signedIn === true ? known : null);

/** Whether the session allows it. The server decides anyway; this only hides what it would refuse. */
export const may = (permission: string): boolean => session()?.permissions.includes(permission) === true;

/** Tells when somebody has come to be known. */
export function whenKnown(listener: () => void): void {
  listeners.add(listener);
  if (session() !== null) listener();
}

export function remember(next: Session): void {
  known = next;
  ended = false;
  for (const listener of listeners) listener();
}

export function read(): Promise<Session> {
  reading ??= readAndRemember().finally(() => { reading = null; });
  return reading;
}

async function readAndRemember(): Promise<Session> {
  const next = await readSession();
  // A page that stays for what is typed keeps what it knew until somebody is signed in again.
  if (!ended || next.signedIn) remember(next);
  return next;
}

const keeper: Keeper = {
  async token(afresh) {
    if (afresh || ended || known === null) await read();
    return ended ? null : (session()?.csrfToken ?? null);
  },
  unsigned() {
    ended = true;
    const address = signInAddress(location);
    if (page.holdsUnsaved?.() === true) page.ended?.(address);
    else leave(address);
  },
};

/**
 * Lets a page begin: resolves when somebody is signed in, or when the server cannot be asked (the page then says so itself, and the
 * session is read as soon as the server answers). Who is not signed in is led to the sign-in page.
 */
export async function enter(entering: Page = {}): Promise<void> {
  page = entering;
  keepBy(keeper);
  try {
    await admit(await read());
  } catch {
    askAgain(1);
  }
}

async function admit(next: Session): Promise<void> {
  if (next.signedIn && !next.mustChangePassword) return;
  leave(signInAddress(location));
  await new Promise<never>(() => {}); // nothing of the page begins while the browser leaves
}

function askAgain(failures: number): void {
  setTimeout(() => {
    read().then(admit).catch(() => askAgain(failures + 1));
  }, retryDelayMs(failures));
}

/** Keeps the token for pages that work without a session: the sign-in itself. */
export function keepToken(): void {
  keepBy({ ...keeper, unsigned() {} });
}

export function leave(address: string): void {
  if (leaving) return;
  leaving = true;
  location.replace(address);
}
