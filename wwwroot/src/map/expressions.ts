import type { ExpressionSpecification } from 'maplibre-gl';

/** A mark that the page sets on a feature: hovered, selected. */
export const marked = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false];

/** Of a radius in metres on the ground; 63,240 m are a pixel at zoom 0 at 36.1° N (512 px tiles), 1 % off at the city's ends. */
export function metres(value: ExpressionSpecification): ExpressionSpecification {
  return ['interpolate', ['exponential', 2], ['zoom'], 0, ['/', value, 63_240], 22, ['*', value, 2 ** 22 / 63_240]];
}
