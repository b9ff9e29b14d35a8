// The login: the gateway has refused to talk without a key or token, or with the one that it got.
import { useState } from 'react';

interface LoginProps {
  /** Why the last key or token was refused; empty: there was none. */
  readonly reason: string;
  readonly logIn: (token: string | null, isKept: boolean) => void;
}

export function Login({ reason, logIn }: LoginProps) {
  const [token, setToken] = useState('');
  const [isKept, setIsKept] = useState(false);
  return (
    <form
      className="panel login"
      onSubmit={(event) => {
        event.preventDefault();
        logIn(token.trim(), isKept);
      }}
    >
      <h1>Log in</h1>
      <p className="faint">This gateway answers callers with an API key or a token only.</p>
      {reason !== '' && (
        <p className="alarm" role="alert">
          {reason}
        </p>
      )}
      <label htmlFor="token">API key or token</label>
      <input
        id="token"
        type="password"
        value={token}
        onChange={({ target }) => setToken(target.value)}
        autoComplete="off"
        spellCheck={false}
        required
      />
      <label className="check">
        <input type="checkbox" checked={isKept} onChange={({ target }) => setIsKept(target.checked)} />
        Keep it until this tab is closed
      </label>
      <button type="submit">Log in</button>
    </form>
  );
}
