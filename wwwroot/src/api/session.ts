import { get, request } from './http';

/** Who is signed in, by what right, and until when. */
export interface SignedIn {
  signedIn: true;
  userName: string;
  displayName: string;
  roles: string[];
  permissions: string[];
  /** Null: the whole city. */
  counties: string[] | null;
  department: string | null;
  csrfToken: string;
  kind: 'browser' | 'kiosk';
  expiresAt: string;
  /** Null of a wall: it belongs to nobody. */
  totp: { enabled: boolean; required: boolean } | null;
  mustChangePassword: boolean;
}

export interface SignedOut {
  signedIn: false;
  csrfToken: null;
  /** Whether a government's own sign-in is set up. */
  oidc: boolean;
}

export type Session = SignedIn | SignedOut;

export interface Credentials {
  userName: string;
  password: string;
  totp?: string;
}

/** A browser that is signed in with this account. */
export interface OwnSession {
  id: string;
  kind: 'browser' | 'kiosk';
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string | null;
  agent: string | null;
  current: boolean;
}

export const readSession = (): Promise<Session> => get('/api/session');
export const signIn = async (credentials: Credentials): Promise<Session> => (await request<Session>('/api/session', { method: 'POST', json: credentials })).body as Session;
export const signOut = (): Promise<unknown> => request('/api/session', { method: 'DELETE' });
export const signOutEverywhere = (): Promise<unknown> => request('/api/session/all', { method: 'DELETE' });
/** Where a government's own sign-in begins. */
export const oidcAddress = (next: string): string => `/api/session/oidc?next=${encodeURIComponent(next)}`;

export const changePassword = (current: string, next: string): Promise<unknown> => request('/api/account/password', { method: 'POST', json: { current, next } });
export const beginTotp = async (): Promise<{ secret: string; uri: string }> => (await request<{ secret: string; uri: string }>('/api/account/totp', { method: 'POST' })).body as { secret: string; uri: string };
export const confirmTotp = (code: string): Promise<unknown> => request('/api/account/totp/confirm', { method: 'POST', json: { code } });
export const endTotp = (): Promise<unknown> => request('/api/account/totp', { method: 'DELETE' });
export const ownSessions = async (): Promise<OwnSession[]> => (await get<{ sessions: OwnSession[] }>('/api/account/sessions')).sessions;
export const endSession = (id: string): Promise<unknown> => request(`/api/account/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
