// Says that the connection is lost, from when what the page shows is, and that it is back. Screen readers are told too.
import { useEffect, useState } from 'react';
import { useShared, useStore } from '../hooks.ts';
import { timeOfDay } from './times.tsx';

const BACK_MS = 4000;

export function ConnectionNotice() {
  const { connection } = useShared();
  const { phase, since, wasOpen } = useStore(connection);
  const [isBack, setIsBack] = useState(false);
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (phase === 'lost') setWasLost(true);
    if (phase !== 'open' || !wasLost) return undefined;
    setWasLost(false);
    setIsBack(true);
    const timer = setTimeout(() => setIsBack(false), BACK_MS);
    return () => clearTimeout(timer);
  }, [phase, wasLost]);
  const isLost = phase === 'lost';
  return (
    <div role="status" className="notices">
      {isLost && (
        <p className="notice lost">
          <strong>{wasOpen ? 'The connection is lost.' : 'The gateway cannot be reached.'}</strong>{' '}
          {wasOpen ? `What you see is from ${timeOfDay(since)}. ` : ''}Connecting again by itself.
        </p>
      )}
      {isBack && phase === 'open' && <p className="notice back">Connected again: all is up to date.</p>}
    </div>
  );
}
