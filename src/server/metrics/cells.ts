// Counters and histograms for hot paths. prom-client builds a text from the labels at each observation, which takes most of the
// time. Here a set of labels is looked up once, when its cell is created, and counting only adds to a field. The registry reads
// the cells at each scrape.
import type { Metric, Registry } from 'prom-client';

/** Values of labels by their names. */
export type Labels = Readonly<Record<string, string>>;

/** The name and the description of a metric. */
export interface Description {
  /** By the conventions of Prometheus: base units, `_total` for counters. */
  readonly name: string;
  readonly help: string;
  /** Default: none. */
  readonly labelNames?: readonly string[];
}

/** One value in the text format. */
interface Sample {
  readonly metricName: string;
  readonly labels: Labels;
  readonly value: number;
}

/** The members of a metric that prom-client's registry reads. */
interface Scraped extends Description {
  get(): Promise<{
    readonly name: string;
    readonly help: string;
    readonly type: string;
    readonly values: readonly Sample[];
  }>;
}

function register(registry: Registry, metric: Scraped): void {
  // The registry's type lists prom-client's own classes, of which it reads no more than `Scraped` has.
  registry.registerMetric(metric as unknown as Metric);
}

/** The count of one label set. Grows only. */
export class CounterCell {
  count = 0;

  /** Adds `by`, which is not negative. */
  add(by = 1): void {
    this.count += by;
  }
}

/** A counter: a family of cells, one for each label set. */
export class Counters implements Scraped {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly #cells: { readonly labels: Labels; readonly cell: CounterCell }[] = [];

  constructor(registry: Registry, { name, help, labelNames = [] }: Description) {
    this.name = name;
    this.help = help;
    this.labelNames = labelNames;
    register(registry, this);
  }

  /** A new cell; the caller keeps it, as there must be one for each label set. */
  cell(labels: Labels = {}): CounterCell {
    const cell = new CounterCell();
    this.#cells.push({ labels, cell });
    return cell;
  }

  async get() {
    const { name, help } = this;
    const values = this.#cells.map(({ labels, cell }) => ({ metricName: name, labels, value: cell.count }));
    return { name, help, type: 'counter', values };
  }
}

/** The observations of one label set. */
export class HistogramCell {
  readonly #bounds: readonly number[];
  /** Observations by their bucket; the last bucket has no bound. */
  readonly #counts: number[];
  #sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  /** Counts one value, for durations in seconds. */
  observe(value: number): void {
    const bounds = this.#bounds;
    let at = 0;
    while (at < bounds.length && value > (bounds[at] ?? 0)) at += 1;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += value;
  }

  /** All values of the text format. */
  samples(name: string, labels: Labels): readonly Sample[] {
    let count = 0;
    const buckets = this.#counts.map((more, at) => {
      count += more;
      const le = String(this.#bounds[at] ?? '+Inf');
      return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: this.#sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  }
}

/** A histogram: a family of cells, one for each label set. */
export class Histograms implements Scraped {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly #bounds: readonly number[];
  readonly #cells: { readonly labels: Labels; readonly cell: HistogramCell }[] = [];

  /** `bounds`: the upper bounds of the buckets, ascending. */
  constructor(
    registry: Registry,
    { name, help, labelNames = [], bounds }: Description & { readonly bounds: readonly number[] },
  ) {
    this.name = name;
    this.help = help;
    this.labelNames = labelNames;
    this.#bounds = bounds;
    register(registry, this);
  }

  /** A new cell; the caller keeps it, as there must be one for each label set. */
  cell(labels: Labels = {}): HistogramCell {
    const cell = new HistogramCell(this.#bounds);
    this.#cells.push({ labels, cell });
    return cell;
  }

  async get() {
    const { name, help } = this;
    return {
      name,
      help,
      type: 'histogram',
      values: this.#cells.flatMap(({ labels, cell }) => cell.samples(name, labels)),
    };
  }
}

/** The cell of each key, created at the first use of the key. The caller must limit the number of keys. */
export class CellMap<Key, Cell> {
  readonly #cells = new Map<Key, Cell>();
  readonly #make: (key: Key) => Cell;

  constructor(make: (key: Key) => Cell) {
    this.#make = make;
  }

  /** The cell of a key. */
  of(key: Key): Cell {
    const known = this.#cells.get(key);
    if (known !== undefined) return known;
    const made = this.#make(key);
    this.#cells.set(key, made);
    return made;
  }
}
