import { may } from './session';

/** The permissions of the server that pages ask for by name. */
export const rights = {
  accounts: 'manageAccounts',
  keys: 'manageKeys',
  kiosks: 'grantKiosks',
  parameters: 'setParameters',
  audit: 'readAudit',
  verdicts: 'verify',
  alarms: 'acknowledgeAlarms',
  alarmRules: 'setAlarmRules',
  registers: 'editRegisters',
  heatSources: 'approveHeatSources',
  zones: 'publishZones',
  exports: 'export',
} as const;

/** Any of them opens a part of the administration. */
export const adminRights = [rights.accounts, rights.keys, rights.kiosks, rights.parameters, rights.alarmRules, rights.audit] as const;

export const mayAny = (names: readonly string[]): boolean => names.some((name) => may(name));
