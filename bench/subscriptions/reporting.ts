// The part that all server processes of the benchmark have: they tell their URL, and their figures when asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { FIGURES, type Figures } from './messages.ts';

/** Tells the parent the URL, and from then on the figures of this process since the last question. */
export function report(url: string): void {
  // Each sample wakes the process: 5 % of the CPU time of the smallest loads at 20 ms.
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let [before, at] = [process.cpuUsage(), performance.now()];
  process.on('message', (message) => {
    if (message !== FIGURES) return;
    const { user, system } = process.cpuUsage(before);
    const figures: Figures = {
      cpuMs: (user + system) / 1000,
      wallMs: performance.now() - at,
      rssBytes: process.memoryUsage.rss(),
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
      blockMs: delay.max / 1e6,
    };
    delay.reset();
    [before, at] = [process.cpuUsage(), performance.now()];
    process.send?.(figures);
  });
  process.once('disconnect', () => process.exit());
  process.send?.(url);
}
