import { sameOrigin } from './calls';
import { get, request, type Answer } from './http';
import { searchOf, tagOf } from './registers';

/** Accounts of people, keys of machines, walls, and the record of who did what. */

export interface Account {
  id: string;
  userName: string;
  displayName: string;
  roles: string[];
  /** Null: the whole city. */
  counties: string[] | null;
  townships: string[];
  grids: string[];
  department: string | null;
  disabled: boolean;
  lockedUntil: string | null;
  totp: boolean;
  lastSignIn: string | null;
  version: number;
}

export type AccountDraft = Pick<Account, 'userName' | 'displayName' | 'roles' | 'counties' | 'townships' | 'grids' | 'department' | 'disabled'>;

/** What a machine may be given; what a feed or a device gets needs no choice. */
export const machinePermissions = ['view', 'export', 'report', 'deliver', 'editRegisters', 'readMetrics'] as const;
export const keyKinds = ['feed', 'device', 'integration'] as const;
export type KeyKind = (typeof keyKinds)[number];

export interface Key {
  id: string;
  name: string;
  kind: KeyKind;
  permissions: string[];
  counties: string[] | null;
  source: string | null;
  /** Null: the default. */
  ratePerMinute: number | null;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  expiresAt: string | null;
}

export interface KeyDraft {
  name: string;
  kind: KeyKind;
  permissions: string[];
  counties: string[] | null;
  source: string | null;
  ratePerMinute: number | null;
  expiresAt: string | null;
}

export interface Kiosk {
  id: string;
  name: string;
  counties: string[] | null;
  grantedBy: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string | null;
}

/** A change, sign-in, export or refusal. */
export interface AuditEntry {
  id: number;
  at: string;
  actor: string;
  actorKind: string;
  action: string;
  targetKind: string | null;
  targetId: string | null;
  county: string | null;
  outcome: 'done' | 'refused' | 'failed';
  address: string | null;
  traceId: string | null;
  before: unknown;
  after: unknown;
}

export interface AuditQuery {
  q: string;
  actor: string;
  action: string;
  target: string;
  county: string;
  outcome: string;
  from: string;
  to: string;
}

const at = (path: string, id: string): string => `${path}/${encodeURIComponent(id)}`;

export const accounts = async (): Promise<Account[]> => (await get<{ accounts: Account[] }>('/api/accounts')).accounts;
export const account = (id: string): Promise<Account> => get(at('/api/accounts', id));
/** The password stands in the answer once, when the server made it. */
export const createAccount = async (draft: AccountDraft): Promise<{ account: Account; password: string | null }> => (await request<{ account: Account; password: string | null }>('/api/accounts', { method: 'POST', json: draft })).body as { account: Account; password: string | null };
export const replaceAccount = (id: string, version: number, draft: AccountDraft): Promise<Answer<Account>> => request(at('/api/accounts', id), { method: 'PUT', json: draft, ifMatch: tagOf(version) });
export const disableAccount = (id: string): Promise<unknown> => request(at('/api/accounts', id), { method: 'DELETE' });
export const resetPassword = async (id: string): Promise<string> => ((await request<{ password: string }>(`${at('/api/accounts', id)}/reset`, { method: 'POST' })).body as { password: string }).password;
export const signOutAccount = (id: string): Promise<unknown> => request(`${at('/api/accounts', id)}/signout`, { method: 'POST' });

export const keys = async (): Promise<Key[]> => (await get<{ keys: Key[] }>('/api/keys')).keys;
export const createKey = async (draft: KeyDraft): Promise<{ key: Key; secret: string }> => (await request<{ key: Key; secret: string }>('/api/keys', { method: 'POST', json: draft })).body as { key: Key; secret: string };
export const rotateKey = async (id: string): Promise<string> => ((await request<{ secret: string }>(`${at('/api/keys', id)}/rotate`, { method: 'POST' })).body as { secret: string }).secret;
export const revokeKey = (id: string): Promise<unknown> => request(at('/api/keys', id), { method: 'DELETE' });

export const kiosks = async (): Promise<Kiosk[]> => (await get<{ kiosks: Kiosk[] }>('/api/kiosks')).kiosks;
export const grantKiosk = (code: string, name: string, counties: string[] | null): Promise<unknown> => request(`${at('/api/kiosks', code)}/grant`, { method: 'POST', json: { name, counties } });
export const revokeKiosk = (id: string): Promise<unknown> => request(at('/api/kiosks', id), { method: 'DELETE' });
/** A wall asks for a code to show. */
export const askForKiosk = async (): Promise<{ code: string; secret: string }> => (await request<{ code: string; secret: string }>('/api/kiosks', { method: 'POST' })).body as { code: string; secret: string };
/** True once an officer has granted it; the cookie is set then. */
export const claimKiosk = async (secret: string): Promise<boolean> => (await request<{ granted: boolean }>('/api/kiosks/claim', { method: 'POST', json: { secret } })).body?.granted === true;

export type AuditPage = { entries: AuditEntry[]; next: string | null };
export const audit = (query: AuditQuery, limit: number): Promise<AuditPage> => get(`/api/audit${searchOf({ ...query, limit })}`, 20_000);
export const moreAudit = (next: string): Promise<AuditPage> => get(sameOrigin(next), 20_000);
export const auditExport = (format: 'csv' | 'xlsx', query: AuditQuery): string => `/api/audit/export${searchOf({ format, ...query })}`;
