// The counters and histograms of hot paths, compared with prom-client's own.
import * as fc from 'fast-check';
import { Counter, Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { CellMap, Counters, Histograms } from '../../../src/server/metrics/cells.ts';

const label = fc.constantFrom('a', 'b', 'quote " and \\ and \n line', '');
const bounds = [0.01, 0.1, 1];

it('writes what prom-client writes for the same observations', async () => {
  const values = fc.oneof(fc.constantFrom(...bounds, 0, 5), fc.double({ min: 0, max: 3, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(label, label, values)), async (observed) => {
      const [own, reference] = [new Registry(), new Registry()];
      const registers = [reference];
      const described = { name: 'x_total', help: 'Help with \\ and \n.', labelNames: ['one', 'two'] };
      const histogram = { ...described, name: 'y_seconds' };
      const counter = new Counter({ ...described, registers });
      const durations = new Histogram({ ...histogram, registers, buckets: bounds });
      const counters = new Counters(own, described);
      const histograms = new Histograms(own, { ...histogram, bounds });
      const cells = new CellMap(
        (one: string) =>
          new CellMap((two: string) => ({
            count: counters.cell({ one, two }),
            duration: histograms.cell({ one, two }),
          })),
      );
      for (const [one, two, value] of observed) {
        counter.inc({ one, two }, value);
        durations.observe({ one, two }, value);
        const { count, duration } = cells.of(one).of(two);
        count.add(value);
        duration.observe(value);
      }
      expect(await own.metrics()).toBe(await reference.metrics());
    }),
  );
});

it('writes a metric without labels', async () => {
  const registry = new Registry();
  new Counters(registry, { name: 'x_total', help: 'Help.' }).cell().add();
  new Histograms(registry, { name: 'y', help: 'Help.', bounds: [1] }).cell().observe(2);
  const text = await registry.metrics();
  expect(text).toContain('\nx_total 1\n');
  expect(text).toContain('y_bucket{le="1"} 0\ny_bucket{le="+Inf"} 1\ny_sum 2\ny_count 1\n');
});
