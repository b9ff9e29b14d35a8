// A few numbers with their names, large.
interface Figure {
  readonly name: string;
  readonly value: React.ReactNode;
  /** Whether it asks for attention: a hand is up. */
  readonly isUp?: boolean;
}

export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="figures">
      {figures.map(({ name, value, isUp = false }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={isUp ? 'is-up' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
