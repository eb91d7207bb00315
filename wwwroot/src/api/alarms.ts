import { get, request } from './http';
import type { FeatureList, LonLat, Severity } from './types';

/** A violation that calls for attention. */
export interface Alarm {
  type: 'Feature';
  id: string;
  geometry: { type: 'Point'; coordinates: LonLat };
  properties: {
    id: string;
    violation: string;
    rule: string;
    article: number;
    severity: Severity;
    status: 'open' | 'acknowledged' | 'ended';
    subject: { kind: string; id: string; name: string };
    county: string;
    openedAt: string;
    dueAt: string;
    responsible: string;
    lead: string[];
    /** Name of the rule of alarms. */
    raisedBy: string;
    sounds: boolean;
    raisedAt: string;
    acknowledgedAt: string | null;
    /** As people are shown who it was. */
    acknowledgedBy: string | null;
    endedAt: string | null;
    simulated: boolean;
  };
}

export const openAlarmsPage = (): Promise<FeatureList<Alarm>> => get('/api/alarms?open=true&limit=1000');

/** The alarm as it is then: whoever was first stands in it. */
export const acknowledgeAlarm = async (id: string): Promise<Alarm> => (await request<Alarm>(`/api/alarms/${encodeURIComponent(id)}/acknowledge`, { method: 'POST' })).body as Alarm;

export interface AlarmRuleDraft {
  name: string;
  severities: Severity[];
  /** Null: all. */
  articles: number[] | null;
  /** Null: the whole city. */
  counties: string[] | null;
  sounds: boolean;
  enabled: boolean;
}

export interface AlarmRule extends AlarmRuleDraft {
  id: string;
  version: number;
  changedAt: string;
  changedBy: string;
}

const at = (id: string): string => `/api/alarm-rules/${encodeURIComponent(id)}`;
const tagOf = ({ version }: AlarmRule): string => `"${version}"`;

export const alarmRules = async (): Promise<AlarmRule[]> => (await get<{ rules: AlarmRule[] }>('/api/alarm-rules')).rules;
export const addAlarmRule = (draft: AlarmRuleDraft): Promise<unknown> => request('/api/alarm-rules', { method: 'POST', json: draft });
export const changeAlarmRule = (rule: AlarmRule, draft: AlarmRuleDraft): Promise<unknown> => request(at(rule.id), { method: 'PUT', json: draft, ifMatch: tagOf(rule) });
export const deleteAlarmRule = (rule: AlarmRule): Promise<unknown> => request(at(rule.id), { method: 'DELETE', ifMatch: tagOf(rule) });
