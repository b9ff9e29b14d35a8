// A few numbers with their names, large.
interface Figure {
  readonly name: string;
  readonly value: React.ReactNode;
  /** Whether it asks for attention: a hand is up. */
  readonly isUp?: boolean;
}

interface FiguresProps {
  readonly figures: readonly Figure[];
  /** The id of the text that explains signs in the values. */
  readonly describedBy?: string;
}

export function Figures({ figures, describedBy }: FiguresProps) {
  return (
    <dl className="figures" aria-describedby={describedBy}>
      {figures.map(({ name, value, isUp = false }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={isUp ? 'is-up' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
