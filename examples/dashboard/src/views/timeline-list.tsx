// What happened in the room, the newest first.
import { useState } from 'react';
import type { Entry } from '../live/timeline.ts';
import { timeOfDay } from '../parts/times.tsx';

const SHOWN_AT_FIRST = 14;

export function TimelineList({ entries }: { readonly entries: readonly Entry[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? entries : entries.slice(0, SHOWN_AT_FIRST);
  return (
    <section className="panel timeline" aria-labelledby="timeline">
      <h2 id="timeline">What happened</h2>
      {entries.length === 0 ? (
        <p className="faint">Nothing yet.</p>
      ) : (
        <ol>
          {shown.map(({ key, at, kind, who, what, more }) => (
            <li key={key} className={kind}>
              <i aria-hidden="true" />
              <span>
                {who !== null && <b>{who} </b>}
                {what}
                {more !== '' && <span className="faint"> · {more}</span>}
              </span>
              <time dateTime={at}>{timeOfDay(at)}</time>
            </li>
          ))}
        </ol>
      )}
      {entries.length > SHOWN_AT_FIRST && (
        <button type="button" className="quiet" onClick={() => setIsWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? 'Show less' : `Show all ${entries.length}`}
        </button>
      )}
    </section>
  );
}
