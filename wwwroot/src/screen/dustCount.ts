import type { MonitorHealth } from '../api/readings';

/** How many dust monitors there are, and how many of them speak. */
export interface DustCount {
  readonly all: number;
  readonly online: number;
  readonly suspect: number;
}

const worryingShare = 0.1;

export function dustCount(list: readonly Pick<MonitorHealth, 'state'>[]): DustCount {
  const of = (state: MonitorHealth['state']): number => list.filter((m) => m.state === state).length;
  return { all: list.length, online: list.length - of('silent'), suspect: of('suspect') };
}

/** More than a tenth of them say nothing. */
export const isWorrying = ({ all, online }: DustCount): boolean => all - online > worryingShare * all;
