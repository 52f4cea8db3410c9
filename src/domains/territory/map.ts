/**
 * The map of a territory, drawn from longitudes and latitudes alone: lines become a picture that keeps its shape, and
 * places that would hide each other become one.
 *
 * Must always hold: everything given lies inside the picture; the sum of the dots is the sum of the places; simplifying
 * keeps both ends of a line.
 */

/** Longitude, latitude. */
export type Point = readonly [number, number];
export type Line = readonly Point[];

export interface PlacedCommune {
  readonly commune: string;
  readonly label: string;
  readonly count: number;
  readonly longitude: number;
  readonly latitude: number;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly count: number;
  /** The fullest first. */
  readonly communes: readonly PlacedCommune[];
}

export interface DrawnMap {
  readonly width: number;
  readonly height: number;
  /** Values of `d` for paths. */
  readonly outlines: readonly string[];
  readonly dots: readonly Dot[];
}

const WIDTH = 1000;
const MARGIN = 48;
const TALLEST = 1.1;
const LEAST_RADIUS = 13;
const MOST_RADIUS = 46;
/** A quarter of a degree: a single commune still has land around it. */
const LEAST_SPAN = 0.25;

export function drawMap(outlines: readonly Line[], communes: readonly PlacedCommune[]): DrawnMap {
  const points: Point[] = [
    ...outlines.flat(),
    ...communes.map(({ longitude, latitude }): Point => [longitude, latitude]),
  ];
  const project = projectionOf(points);
  return {
    width: WIDTH,
    height: project.height,
    outlines: outlines.map((line) => pathOf(line.map(project.of))),
    dots: dotsOf(communes, project.of),
  };
}

/** Lines without the points that nobody would see, at most `most` in all; the tolerance grows until they fit. */
export function simplified(lines: readonly Line[], most: number): Line[] {
  for (let tolerance = 0.0002; ; tolerance *= 1.7) {
    const simple = lines.map((line) => simplify(line, tolerance)).filter((line) => line.length > 1);
    if (simple.reduce((sum, line) => sum + line.length, 0) <= most || tolerance > 1) return simple;
  }
}

/** Longitudes shrink with the cosine of the latitude in the middle: right enough for a region. */
function projectionOf(points: readonly Point[]) {
  const box = boxOf(points);
  const middle = (box.south + box.north) / 2;
  const shrink = Math.max(Math.cos((middle * Math.PI) / 180), 0.05);
  const spanX = Math.max((box.east - box.west) * shrink, LEAST_SPAN * shrink);
  const spanY = Math.max(box.north - box.south, LEAST_SPAN);
  const scale = Math.min((WIDTH - 2 * MARGIN) / spanX, (WIDTH * TALLEST - 2 * MARGIN) / spanY);
  const height = Math.round(spanY * scale + 2 * MARGIN);
  const centreX = ((box.west + box.east) / 2) * shrink;
  return {
    height,
    of: ([longitude, latitude]: Point): Point => [
      WIDTH / 2 + (longitude * shrink - centreX) * scale,
      height / 2 - (latitude - middle) * scale,
    ],
  };
}

function boxOf(points: readonly Point[]) {
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const [longitude, latitude] of points) {
    box.west = Math.min(box.west, longitude);
    box.east = Math.max(box.east, longitude);
    box.south = Math.min(box.south, latitude);
    box.north = Math.max(box.north, latitude);
  }
  return points.length === 0 ? { west: 2, east: 3, south: 45, north: 46 } : box;
}

function pathOf(points: readonly Point[]): string {
  return points.map(([x, y], place) => `${place === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** The fullest commune takes in those that its dot would cover, then the next. */
function dotsOf(communes: readonly PlacedCommune[], of: (point: Point) => Point): Dot[] {
  const most = Math.max(...communes.map(({ count }) => count), 1);
  const radiusOf = (count: number) => LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(count / most);
  const dots: { x: number; y: number; count: number; communes: PlacedCommune[] }[] = [];
  for (const commune of communes.toSorted((a, b) => b.count - a.count || a.label.localeCompare(b.label))) {
    const [x, y] = of([commune.longitude, commune.latitude]);
    const covering = dots.find(
      (dot) => Math.hypot(dot.x - x, dot.y - y) < radiusOf(Math.min(dot.count, most)) + LEAST_RADIUS,
    );
    if (covering === undefined) dots.push({ x, y, count: commune.count, communes: [commune] });
    else {
      covering.count += commune.count;
      covering.communes.push(commune);
    }
  }
  return dots.map((dot) => ({ ...dot, radius: radiusOf(Math.min(dot.count, most)) }));
}

/** Douglas and Peucker, without recursion: long borders have many points. */
function simplify(line: Line, tolerance: number): Line {
  const last = line.length - 1;
  if (last < 2) return line;
  const kept = new Set([0, last]);
  const open: [number, number][] = [[0, last]];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [from, to] = part;
    const [far, distance] = farthest(line, from, to);
    if (distance <= tolerance) continue;
    kept.add(far);
    open.push([from, far], [far, to]);
  }
  return line.filter((_, place) => kept.has(place));
}

function farthest(line: Line, from: number, to: number): readonly [number, number] {
  const [start, end] = [line[from], line[to]];
  let found: readonly [number, number] = [from, 0];
  if (start === undefined || end === undefined) return found;
  for (const [place, point] of line.slice(from + 1, to).entries()) {
    const distance = distanceTo(point, start, end);
    if (distance > found[1]) found = [from + 1 + place, distance];
  }
  return found;
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
