import * as calls from '../api/calls';
import { serverNow } from '../api/http';
import { outlines } from '../api/pages';
import { registers } from '../api/registers';
import type { County, Outline } from '../api/types';
import type { Catalogue } from '../screen/catalogue';
import type { Names } from '../screen/model';
import { nameRules } from '../screen/rules';

/** What both pages know before they begin: counties, and what the server calls things. */
export interface Known extends Names {
  readonly counties: readonly (County | Outline)[];
  readonly catalogue: Catalogue;
}

/** @param withOutlines Where a map is to be drawn. */
export async function readKnown(withOutlines: boolean): Promise<Known> {
  const [list, books, parameters, findingKinds, rules] = await Promise.all([outlines(withOutlines), registers(), calls.parameters(), calls.findingKinds(), calls.rules()]);
  nameRules(rules);
  const seen = list.features.filter((c): c is County => c.properties.summary !== null);
  return { counties: list.features, catalogue: { registers: books, parameters, findingKinds, rules }, numbers: { asOf: list.asOf, counties: seen }, get now() { return serverNow(); } };
}
