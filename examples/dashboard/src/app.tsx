// The frame of the page: the login, the header, what is told about the connection, and the view that the address names.
import { useEffect, useMemo, useRef, useState } from 'react';
import { Provider } from 'urql';
import { createGateway } from './gateway/gateway.ts';
import { keepToken, keptToken } from './gateway/token.ts';
import { SharedContext, useRoute, useShared, useStore } from './hooks.ts';
import { createLive } from './live/live.ts';
import { ConnectionNotice } from './parts/connection-notice.tsx';
import { Header } from './parts/header.tsx';
import { Login } from './views/login.tsx';
import { RoomPage } from './views/room-page.tsx';
import { RoomsPage } from './views/rooms-page.tsx';

/** The page with one login; another login makes everything anew. */
export function App() {
  const [token, setToken] = useState(keptToken);
  const shared = useMemo(() => {
    const gateway = createGateway(token);
    return { gateway, connection: gateway.connection, live: createLive(gateway) };
  }, [token]);
  const logIn = (next: string | null, isKept: boolean) => {
    shared.gateway.close();
    keepToken(isKept ? next : null);
    setToken(next);
  };
  return (
    <Provider value={shared.gateway.client}>
      <SharedContext value={shared}>
        <Frame hasToken={token !== null} logIn={logIn} />
      </SharedContext>
    </Provider>
  );
}

interface FrameProps {
  readonly hasToken: boolean;
  readonly logIn: (token: string | null, isKept: boolean) => void;
}

function Frame({ hasToken, logIn }: FrameProps) {
  const { connection } = useShared();
  const { phase, reason } = useStore(connection);
  const isRefused = phase === 'refused';
  return (
    <>
      <a className="skip" href="#main" onClick={skipToMain}>
        Skip to the rooms
      </a>
      <Header logOut={hasToken && !isRefused ? () => logIn(null, false) : null} />
      <ConnectionNotice />
      <main id="main" tabIndex={-1} className={phase === 'lost' ? 'is-stale' : ''}>
        {isRefused ? <Login reason={hasToken ? reason : ''} logIn={logIn} /> : <View />}
      </main>
    </>
  );
}

/** The fragment of the address names the view, so the link cannot use it. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

function View() {
  const route = useRoute();
  const place = route.page === 'room' ? route.roomId : '';
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    scrollTo(0, 0);
    // A view has its own element to begin with, or else the keyboard begins at the view.
    if (route.page === 'rooms') document.querySelector<HTMLElement>('#main')?.focus();
  }, [place, route.page]);
  return route.page === 'room' ? <RoomPage key={place} roomId={place} /> : <RoomsPage />;
}
