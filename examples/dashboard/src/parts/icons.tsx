// The page's icons, drawn with strokes in the colour of the text. They are decoration: what they mean is in the text beside
// them, or in a label.
const PATHS = {
  hand: 'M8 12.5V5.8a1.4 1.4 0 0 1 2.8 0V11m0-6.4a1.4 1.4 0 0 1 2.8 0V11m0-5.2a1.4 1.4 0 0 1 2.8 0V13m0-4.4a1.4 1.4 0 0 1 2.8 0V15a6 6 0 0 1-6 6h-1.3a6 6 0 0 1-4.6-2.1L4.9 14.600a1.5 1.5 0 0 1 2.2-2.100L8 13.5',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  mic: 'M12 3.500a2.8 2.8 0 0 1 2.8 2.800v5.400a2.8 2.8 0 0 1-5.6 0V6.300A2.8 2.8 0 0 1 12 3.500ZM6 11.500a6 6 0 0 0 12 0M12 17.500v3',
  camera:
    'M4.5 7.500h8.500a1.5 1.5 0 0 1 1.5 1.500v6a1.5 1.5 0 0 1-1.5 1.500H4.500A1.5 1.5 0 0 1 3 15V9a1.5 1.5 0 0 1 1.5-1.500ZM14.5 11l6-3.200v8.400l-6-3.2',
  screen: 'M4 5h16v10.500H4ZM9 19.500h6M12 15.500v4',
  off: 'M4.5 4.500l15 15',
  people:
    'M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 19.500a6 6 0 0 1 12 0M15.5 4.900a3.5 3.5 0 0 1 0 6.300M17.5 14.400a6 6 0 0 1 3.5 5.1',
  close: 'M6 6l12 12M18 6 6 18',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, isOff = false }: { readonly name: IconName; readonly isOff?: boolean }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
      {isOff && <path d={PATHS.off} />}
    </svg>
  );
}
