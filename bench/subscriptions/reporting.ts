// Shared by all server processes of the benchmark: sends the URL to the parent, and the figures when the parent asks for them.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { FIGURES, type Figures } from './messages.ts';

/** Tells the parent the URL, and from then on the figures of this process since the last question. */
export function report(url: string): void {
  // Each sample wakes the process, which at 20 ms takes 5 % of the CPU time of the smallest loads.
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
