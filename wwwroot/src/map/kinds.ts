/** Kinds of subjects that stand on the map, as the server's registers call them. */
export const subjectKinds = ['park', 'land', 'yard', 'road', 'site', 'boiler', 'plant', 'machine', 'monitor', 'station', 'enterprise', 'heatSource', 'finding'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const isSubjectKind = (kind: string): kind is SubjectKind => (subjectKinds as readonly string[]).includes(kind);

/** What a subject's sign says of it: in order, a rule waits for a fact, or its worst open violation. */
export const subjectStates = ['calm', 'undecided', 'ordinary', 'serious', 'critical'] as const;
export type SubjectState = (typeof subjectStates)[number];

/** What a dust monitor's sign says: believed, doubted, silent, or above the limit. */
export const dustStates = ['ok', 'suspect', 'silent', 'exceeding', 'critical'] as const;
export type DustState = (typeof dustStates)[number];

/** Kinds of zones in the order of their numbers in the tiles. */
export const zoneKinds = [
  'coalFree', 'highPollutionFuelFree', 'heatNetwork', 'builtUp', 'urbanArea', 'urbanPlanningArea',
  'nonRoadMachineryControl', 'barbecuePermitted', 'fireworksBan', 'freightRestriction', 'industrialPark', 'sweepingDuty',
] as const;
export type ZoneKind = (typeof zoneKinds)[number];
