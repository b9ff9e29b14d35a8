// The line at the top: what this is, whether it is connected, and the way out.
import { useShared, useStore } from '../hooks.ts';
import type { Connection } from '../gateway/connection.ts';

const WORDS: Readonly<Record<Connection['phase'], string>> = {
  connecting: 'Connecting',
  open: 'Connected',
  lost: 'Not connected',
  refused: 'Logged out',
};

export function Header({ logOut }: { readonly logOut: (() => void) | null }) {
  const { connection } = useShared();
  const { phase } = useStore(connection);
  return (
    <header className="top">
      <a className="mark" href="#/">
        <Mark />
        hms-gateway
      </a>
      <span className={`link-state ${phase}`}>
        <i aria-hidden="true" />
        {WORDS[phase]}
      </span>
      {logOut !== null && (
        <button type="button" className="quiet" onClick={logOut}>
          Log out
        </button>
      )}
    </header>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="3.4" />
      <path d="M6.7 6.7a7.5 7.5 0 0 0 0 10.6M17.3 6.7a7.5 7.5 0 0 1 0 10.6" />
    </svg>
  );
}
