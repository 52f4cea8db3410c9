/** Time against size on two logarithmic scales, as an SVG that stands alone and follows the reader's theme. */
export type GrowthLine = {
  readonly name: string;
  readonly colour: string;
  readonly dash?: string;
  /** Arcs, and milliseconds of the first call. */
  readonly points: readonly (readonly [arcs: number, ms: number])[];
};

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [720, 420, 70, 24, 210, 48];

export function growthChart(title: string, lines: readonly GrowthLine[]): string {
  const points = lines.flatMap((line) => line.points);
  const range = (values: readonly number[]) =>
    [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))] as const;
  const [fromX, toX] = range(points.map(([arcs]) => arcs));
  const [fromY, toY] = range(points.map(([, ms]) => ms));
  const place = (value: number, from: number, to: number, length: number) =>
    ((Math.log10(value) - from) / Math.max(1, to - from)) * length;
  const x = (arcs: number) => LEFT + place(arcs, fromX, toX, WIDTH - LEFT - RIGHT);
  const y = (ms: number) => HEIGHT - BOTTOM - place(ms, fromY, toY, HEIGHT - TOP - BOTTOM);
  const decades = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, k) => 10 ** (from + k));
  const grid = [
    ...decades(fromX, toX).map(
      (arcs) =>
        `<line class="grid" x1="${x(arcs)}" x2="${x(arcs)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>` +
        `<text x="${x(arcs)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${arcs.toLocaleString('en')}</text>`,
    ),
    ...decades(fromY, toY).map(
      (ms) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(ms)}" y2="${y(ms)}"/>` +
        `<text x="${LEFT - 8}" y="${y(ms) + 4}" text-anchor="end">${timeOf(ms)}</text>`,
    ),
  ];
  const drawn = lines.map(({ name, colour, dash = '', points: own }) => {
    const path = own.map(([arcs, ms]) => `${x(arcs).toFixed(1)},${y(ms).toFixed(1)}`).join(' ');
    const [arcs, ms] = own.at(-1) ?? [1, 1];
    return (
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>` +
      `<text x="${x(arcs) + 8}" y="${y(ms) + 4}" fill="${colour}">${name}</text>`
    );
  });
  const style =
    'text{font:12px system-ui,sans-serif;fill:#444}.grid{stroke:#8884}polyline{stroke-linejoin:round}' +
    '@media(prefers-color-scheme:dark){text{fill:#ccc}}';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title><style>${style}</style>`,
    ...grid,
    ...drawn,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">arcs</text>`,
    '</svg>\n',
  ].join('\n');
}

function timeOf(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}
