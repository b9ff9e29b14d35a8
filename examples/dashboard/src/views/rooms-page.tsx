// The list of live rooms, and below it those that ended while the page was open.
import { useEffect } from 'react';
import { useShared, useStore } from '../hooks.ts';
import type { Ended, LiveSession, SessionsState } from '../live/sessions-feed.ts';
import { blockingProblem } from '../gateway/problem.ts';
import { hasHandUp } from '../live/people.ts';
import { Figures } from '../parts/figures.tsx';
import { Age, formatDuration, timeOfDay } from '../parts/times.tsx';
import { ClosedList } from './closed-list.tsx';
import { RoomCard } from './room-card.tsx';

export function RoomsPage() {
  const { live } = useShared();
  const state = useStore(live.sessions);
  const count = state.now.sessions.length;
  useEffect(() => {
    document.title = state.isKnown ? `${count} live · hms-gateway` : 'Live rooms · hms-gateway';
  }, [state.isKnown, count]);
  return (
    <>
      {state.isKnown ? (
        <Totals sessions={state.now.sessions} />
      ) : (
        <Title summary={blockingProblem(state) === null ? '' : null} />
      )}
      {state.now.stale && <Stale asOf={state.now.asOf} />}
      <List state={state} />
      {state.ended.length > 0 && <EndedList ended={state.ended} />}
    </>
  );
}

function Title({
  summary,
  children,
}: {
  /** Null: there will be none. */
  readonly summary: string | null;
  readonly children?: React.ReactNode;
}) {
  return (
    <div className="title">
      <div>
        <h1>Live rooms</h1>
        {summary !== null && (
          <p className="summary awaited" id="summary">
            {summary}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}

/** The numbers of all rooms. Rooms that are not on the screen are not watched: what is in them is not known, or not up to date. */
function Totals({ sessions }: { readonly sessions: readonly LiveSession[] }) {
  const { live } = useShared();
  useStore(live.changes);
  const states = sessions.flatMap(({ room }) => (room === null ? [] : [live.room(room.hmsId).get()]));
  const known = states.filter(({ isKnown }) => isKnown);
  const unread = sessions.length - known.length;
  const isCut = unread > 0;
  const isOld = states.some(({ isWatched }) => !isWatched);
  const about = (sum: number) => (known.length === 0 ? '–' : isCut ? `${sum}+` : isOld ? `≈ ${sum}` : sum);
  const people = known.flatMap(({ now }) => now.peers);
  const hands = people.filter(hasHandUp).length;
  return (
    <Title summary={known.length === 0 ? '' : wordsFor(unread, isOld)}>
      <Figures
        describedBy="summary"
        figures={[
          { name: 'Rooms', value: sessions.length },
          { name: 'People', value: about(people.length) },
          { name: 'Hands up', value: about(hands), isUp: hands > 0 },
        ]}
      />
    </Title>
  );
}

/** What the signs in the numbers stand for. */
function wordsFor(unread: number, isOld: boolean): string {
  const howRead = 'The page reads the people of a room only while its card is on the screen.';
  if (unread > 0)
    return `+ stands for the people of ${unread === 1 ? 'one more room' : `${unread} more rooms`}. ${howRead}`;
  return isOld ? `≈ counts rooms as they were last seen. ${howRead}` : howRead;
}

function Stale({ asOf }: { readonly asOf: string | null }) {
  return (
    <p className="notice stale" role="status">
      <strong>The REST API does not answer.</strong>{' '}
      {asOf === null ? '' : `Which rooms are live is known as of ${timeOfDay(asOf)}.`}
    </p>
  );
}

/** The newest first. */
function byStart(one: LiveSession, other: LiveSession): number {
  return Date.parse(other.startedAt ?? '') - Date.parse(one.startedAt ?? '');
}

function List({ state }: { readonly state: SessionsState }) {
  const { isKnown, now } = state;
  const problem = blockingProblem(state);
  if (problem !== null) return <Trouble problem={problem} />;
  if (!isKnown) return <Skeletons />;
  const sessions = now.sessions.filter(({ room }) => room !== null).toSorted(byStart);
  if (sessions.length === 0 && now.sessions.length > 0) {
    const title = `${now.sessions.length} live, but this login may not see which rooms`;
    return <ClosedList title={title} problem={state.hidden ?? UNREADABLE} />;
  }
  if (sessions.length === 0) {
    return (
      <div className="empty">
        <h2>No room is live</h2>
        <p>As soon as someone joins a room, it appears here by itself.</p>
      </div>
    );
  }
  return (
    <ul className={`rooms ${now.stale ? 'is-stale' : ''}`}>
      {sessions.map((session) => (
        <li key={session.id}>
          <RoomCard session={session} />
        </li>
      ))}
    </ul>
  );
}

/** Sessions are told, but not one of their rooms. */
const UNREADABLE = { code: 'NOT_FOUND', message: 'Their rooms cannot be read.', scope: null };

function Trouble({ problem }: { readonly problem: NonNullable<SessionsState['problem']> }) {
  if (problem.code === 'FORBIDDEN')
    return <ClosedList title="This login may not see which rooms are live" problem={problem} />;
  return (
    <div className="empty" role="alert">
      <h2>The rooms cannot be read</h2>
      <p>{problem.message}</p>
      <p className="faint">The page tries again by itself.</p>
    </div>
  );
}

function Skeletons() {
  return (
    <div className="rooms" aria-busy="true">
      <p className="unseen">The rooms are being read.</p>
      {[1, 2, 3, 4, 5, 6].map((number) => (
        <div key={number} className="card skeleton" aria-hidden="true" />
      ))}
    </div>
  );
}

function EndedList({ ended }: { readonly ended: readonly Ended[] }) {
  return (
    <section className="ended" aria-labelledby="ended">
      <h2 id="ended">Ended since you came</h2>
      <ul>
        {ended.map(({ session, at }) => (
          <li key={session.id}>
            <span className="name">{session.room?.name ?? 'A room'}</span>
            {session.startedAt !== null && (
              <span>after {formatDuration(Date.parse(at) - Date.parse(session.startedAt))}</span>
            )}
            <Age of={at} />
          </li>
        ))}
      </ul>
    </section>
  );
}
