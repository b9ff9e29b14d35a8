// One live room in the list. It is watched while it is on the screen.
import { useRef } from 'react';
import { blockingProblem } from '../gateway/problem.ts';
import { linkTo, useShared, useStore } from '../hooks.ts';
import { hasHandUp } from '../live/people.ts';
import type { RoomState } from '../live/room-state.ts';
import type { LiveSession } from '../live/sessions-feed.ts';
import { createStore, type Store } from '../live/store.ts';
import { Sparkline } from '../parts/chart.tsx';
import { Icon } from '../parts/icons.tsx';
import { useInView } from '../parts/in-view.ts';
import { Avatars } from '../parts/person.tsx';
import { Age, Ticking, timeOfDay } from '../parts/times.tsx';

const SPAN_MS = 30 * 60_000;

/** What a card that is off the screen watches: nothing. */
const unwatched: Store<null> = createStore(null);

export function RoomCard({ session }: { readonly session: LiveSession }) {
  const { live } = useShared();
  const ref = useRef<HTMLElement>(null);
  const isInView = useInView(ref);
  const { room, startedAt } = session;
  const roomId = room?.hmsId ?? '';
  const feed = live.room(roomId);
  // Off the screen the last known state stays, so that a card that comes back is not empty first.
  const watched = useStore<RoomState | null>(isInView === true ? feed : unwatched);
  const state = watched ?? feed.get();
  return (
    <article ref={ref} className={`card ${state.now.stale ? 'is-stale' : ''}`} aria-labelledby={session.id}>
      <header>
        <h2 id={session.id}>
          <a href={linkTo(roomId)}>{room?.name}</a>
        </h2>
        {startedAt !== null && (
          <span className="running">
            <span className="unseen">live for </span>
            <Ticking since={startedAt} />
          </span>
        )}
      </header>
      <p className="about">{room?.description ?? ''}</p>
      <CardBody state={state} isInView={isInView} />
    </article>
  );
}

/** What a card says before anything is known of its room. */
function noteBefore(isWaiting: boolean, isInView: boolean | null): string {
  if (isWaiting) return 'Many rooms are watched; this one follows.';
  return isInView === false ? 'Its people are read when it is on the screen.' : ' ';
}

function CardBody({ state, isInView }: { readonly state: RoomState; readonly isInView: boolean | null }) {
  const { isKnown, isWaiting, now, steps, isWhole, entries } = state;
  const problem = blockingProblem(state);
  if (problem !== null) return <p className="card-note">{problem.message}</p>;
  if (!isKnown) return <p className="card-note">{noteBefore(isWaiting, isInView)}</p>;
  const hands = now.peers.filter(hasHandUp).length;
  const last = entries.find(({ kind }) => kind !== 'gap');
  return (
    <>
      <div className="numbers">
        <span className="count">
          <b key={now.peers.length}>{now.peers.length}</b>
          <span>{now.peers.length === 1 ? 'person' : 'people'}</span>
        </span>
        {hands > 0 && (
          <span className="hands">
            <Icon name="hand" />
            <span>
              {hands}
              <span className="unseen">{hands === 1 ? ' hand up' : ' hands up'}</span>
            </span>
          </span>
        )}
        <Sparkline
          steps={steps}
          isWhole={isWhole}
          spanMs={SPAN_MS}
          until={now.stale && now.asOf !== null ? Date.parse(now.asOf) : null}
        />
      </div>
      <Avatars people={now.peers} />
      <footer>
        {now.stale ? (
          <span className="stale-mark">
            Not up to date{now.asOf === null ? '' : `: as of ${timeOfDay(now.asOf)}`}
          </span>
        ) : (
          last !== undefined && (
            <>
              <span className="last">
                {last.who !== null && <b>{last.who} </b>}
                {last.what}
              </span>
              <Age of={last.at} />
            </>
          )
        )}
      </footer>
    </>
  );
}
