// People over time, as steps: small on a card, and large with axes on a room's page.
import { useId } from 'react';
import { useNow } from '../hooks.ts';
import { visibleSteps, type Step } from '../live/series.ts';
import { hourAndMinute } from './times.tsx';

/** The least time to show of a whole session, and where the beginning is not known. */
const LEAST_SPAN_MS = 60_000;
const LEAST_SPAN_OF_REST_MS = 10_000;
/** The scale never ends below this many people, so that one who joins does not look like a crowd. */
const LEAST_TOP = 4;

interface ChartProps {
  readonly steps: readonly Step[];
  /** Whether the first step is the first join; otherwise what was before it is not known. */
  readonly isWhole: boolean;
  /** The longest time to show, in milliseconds. */
  readonly spanMs: number;
  /** Where the line ends: null while it is live, else the time to which it is known. */
  readonly until: number | null;
}

interface Drawing {
  readonly line: string;
  readonly area: string;
  readonly top: number;
  readonly from: number;
  readonly to: number;
}

/** In a box of 100 by 100, which the element stretches; strokes keep their width. */
function draw({ steps, isWhole, spanMs, until }: ChartProps, now: number): Drawing | null {
  const [first] = steps;
  if (first === undefined) return null;
  const to = Math.max(until ?? now, steps.at(-1)?.at ?? 0);
  const span = Math.min(spanMs, Math.max(to - first.at, isWhole ? LEAST_SPAN_MS : LEAST_SPAN_OF_REST_MS));
  const from = to - span;
  const shown = visibleSteps(steps, to, span);
  const top = Math.max(LEAST_TOP, ...shown.map(({ count }) => count));
  const x = (at: number) => ((at - from) / span) * 100;
  const y = (count: number) => 100 - (count / top) * 100;
  const start = { x: x(shown[0]?.at ?? from), y: y(shown[0]?.count ?? 0) };
  // The line begins at 0, as the room was empty before the first join.
  let line = isWhole && first.at >= from ? `M0 100H${start.x}V${start.y}` : `M${start.x} ${start.y}`;
  for (const { at, count } of shown.slice(1)) line += `H${x(at)}V${y(count)}`;
  line += 'H100';
  return { line, area: `${line}V100H${start.x}Z`, top, from, to };
}

function Shape({ drawing }: { readonly drawing: Drawing }) {
  const id = useId();
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <linearGradient id={id} x1="0" x2="0" y1="0" y2="1">
        <stop offset="0" className="from" />
        <stop offset="1" className="to" />
      </linearGradient>
      <path className="area" d={drawing.area} fill={`url(#${id})`} />
      <path className="line" d={drawing.line} />
    </svg>
  );
}

/** The small chart of a card. What it tells is in the count beside it too. */
export function Sparkline(props: ChartProps) {
  const drawing = draw(props, useNow(5000));
  return <div className="spark">{drawing !== null && <Shape drawing={drawing} />}</div>;
}

/** The large chart, with a scale and times. */
export function PeopleChart(props: ChartProps) {
  const now = useNow();
  const drawing = draw(props, now);
  if (drawing === null) return <div className="chart" />;
  const { top, from, to } = drawing;
  const most = props.steps.reduce((peak, { count }) => Math.max(peak, count), 0);
  const label = `People over time since ${hourAndMinute(from)}: now ${props.steps.at(-1)?.count ?? 0}, at most ${most}`;
  return (
    <figure className="chart" role="img" aria-label={label}>
      <div className="plot">
        <Shape drawing={drawing} />
        <span className="scale">{top} people</span>
      </div>
      <div className="axis" aria-hidden="true">
        <span>{hourAndMinute(from)}</span>
        <span>{hourAndMinute((from + to) / 2)}</span>
        <span>{props.until === null ? 'now' : hourAndMinute(to)}</span>
      </div>
    </figure>
  );
}
