// A person's microphone, camera and screen as small marks.
import { Icon, type IconName } from '../parts/icons.tsx';
import type { Track } from './use-tracks.ts';

export function TrackMarks({ tracks }: { readonly tracks: readonly Track[] | null }) {
  if (tracks === null) return null;
  // Other sources than these two are what the app plays.
  const own = tracks.filter(({ source }) => source === 'regular');
  const screen = tracks.find(({ source, type }) => source === 'screen' && type === 'VIDEO');
  return (
    <span className="marks">
      <Mark icon="mic" word="microphone" track={own.find(({ type }) => type === 'AUDIO')} />
      <Mark icon="camera" word="camera" track={own.find(({ type }) => type === 'VIDEO')} />
      {screen !== undefined && <Mark icon="screen" word="screen" track={screen} />}
    </span>
  );
}

interface MarkProps {
  readonly icon: IconName;
  readonly word: string;
  readonly track: Track | undefined;
}

function Mark({ icon, word, track }: MarkProps) {
  const isOn = track !== undefined && !track.muted;
  const text = `${word} ${track === undefined ? 'not published' : isOn ? 'on' : 'off'}`;
  return (
    <span className={isOn ? 'on' : 'off'} title={text}>
      <Icon name={icon} isOff={!isOn} />
      <span className="unseen">{text}, </span>
    </span>
  );
}
