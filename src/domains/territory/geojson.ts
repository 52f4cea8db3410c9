/**
 * The lines of a GeoJSON file (RFC 7946): borders, rivers, whatever it draws.
 * Must always hold: nothing but finite longitudes and latitudes comes out; what is no GeoJSON is refused with a reason.
 */
import { done, refused, type Result } from '../../lib/result.ts';
import type { Line, Point } from './map.ts';

export type GeoJsonRefusal = 'not-geojson' | 'no-line' | 'not-degrees';

/** Nested deeper, a file is no map. */
const DEEPEST = 12;

export function linesOf(text: string): Result<Line[], GeoJsonRefusal> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch {
    return refused('not-geojson');
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return refused('not-geojson');
  const lines = linesIn(value, 0);
  if (lines.length === 0) return refused('no-line');
  if (!lines.flat().every(isOnEarth)) return refused('not-degrees');
  return done(lines);
}

function linesIn(value: unknown, depth: number): Line[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  const { type, features, geometry, geometries, coordinates } = value as Record<string, unknown>;
  if (Array.isArray(features)) return features.flatMap((each) => linesIn(each, depth + 1));
  if (Array.isArray(geometries)) return geometries.flatMap((each) => linesIn(each, depth + 1));
  if (geometry !== undefined) return linesIn(geometry, depth + 1);
  if (!/^(Multi)?(LineString|Polygon)$/u.test(String(type))) return [];
  return ringsIn(coordinates, 0);
}

function ringsIn(value: unknown, depth: number): Line[] {
  if (!Array.isArray(value) || depth > 3) return [];
  const points = value.map(pointOf);
  if (points.length > 1 && points.every((point) => point !== undefined)) return [points as Point[]];
  return value.flatMap((each) => ringsIn(each, depth + 1));
}

function pointOf(value: unknown): Point | undefined {
  if (!Array.isArray(value)) return undefined;
  const [longitude, latitude] = value as unknown[];
  return typeof longitude === 'number' && typeof latitude === 'number' ? [longitude, latitude] : undefined;
}

function isOnEarth([longitude, latitude]: Point): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}
