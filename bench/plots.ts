// Draws what growth.ts measured: one SVG an axis, processor time of a request against the size on a logarithmic scale, each
// point a median with the range of its rounds. The vertical axis starts at zero, so that flat looks flat.

import { AXES, type AxisName } from './growth.ts';
import type { GrowthAxis } from './growth-result.ts';
import { summary } from './statistics.ts';

const WIDTH = 480;
const HEIGHT = 260;
const LEFT = 56;
const RIGHT = 20;
const TOP = 34;
const BOTTOM = 44;
const TICKS = 4;

interface Point {
  readonly at: number;
  readonly median: number;
  readonly spread: number;
}

export function plotOf({ axis, points: measured }: GrowthAxis): string {
  const points = measured.map(({ at, rounds }): Point => ({ at, ...summary(rounds.map(({ cpu }) => cpu)) }));
  const top = niceTop(Math.max(...points.map(({ median, spread }) => median + spread)));
  const x = horizontal(points.map(({ at }) => at));
  const y = (value: number): number => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const title = Object.hasOwn(AXES, axis) ? AXES[axis as AxisName].title : axis;
  const parts = [
    `<title>Encrypt: CPU µs a request by ${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text({ x: LEFT, y: 20, anchor: 'start', size: 13 }, `Encrypt: CPU µs a request by ${title}`),
    ...grid(top, y),
    ...points.map(({ at }) => text({ x: x(at), y: HEIGHT - 24, anchor: 'middle' }, thousands(at))),
    text({ x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 6, anchor: 'middle' }, title),
    `<polyline fill="none" stroke="#1f5fa8" stroke-width="2" points="${points
      .map(({ at, median }) => `${fixed(x(at))},${fixed(y(median))}`)
      .join(' ')}"/>`,
    ...points.flatMap((point) => marker(point, x, y)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">\n${parts.join('\n')}\n</svg>\n`;
}

/** Places on a logarithmic scale; a single one stands in the middle. */
function horizontal(places: readonly number[]): (at: number) => number {
  const [least, most] = [Math.log(Math.min(...places)), Math.log(Math.max(...places))];
  const [left, right] = [LEFT + 24, WIDTH - RIGHT - 24];
  return (at) => {
    const share = most === least ? 0.5 : (Math.log(at) - least) / (most - least);
    return left + share * (right - left);
  };
}

function grid(top: number, y: (value: number) => number): string[] {
  return Array.from({ length: TICKS + 1 }, (_, tick) => (top * tick) / TICKS).flatMap((value) => [
    `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(value))}" y2="${fixed(y(value))}" stroke="#dddddd"/>`,
    text({ x: LEFT - 8, y: y(value) + 4, anchor: 'end' }, String(value)),
  ]);
}

function marker({ at, median, spread }: Point, x: (at: number) => number, y: (value: number) => number) {
  const [middle, low, high] = [x(at), y(Math.max(0, median - spread)), y(median + spread)].map(fixed);
  return [
    `<line x1="${middle}" x2="${middle}" y1="${low}" y2="${high}" stroke="#1f5fa8"/>`,
    `<circle cx="${middle}" cy="${fixed(y(median))}" r="4" fill="#1f5fa8"/>`,
    text({ x: x(at), y: y(median + spread) - 8, anchor: 'middle' }, median.toFixed(0)),
  ];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly size?: number;
}

/** `content` is our own: no character of it needs escaping. */
function text({ x, y, anchor, size = 11 }: Place, content: string): string {
  const place = `x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}"`;
  return `<text ${place} font-family="sans-serif" font-size="${size}" fill="#333333">${content}</text>`;
}

/** The next number that divides into ticks of 1, 2 or 5 times a power of ten. */
function niceTop(value: number): number {
  const step = value / TICKS;
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= step) ?? 10;
  return factor * power * TICKS;
}

function thousands(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}
