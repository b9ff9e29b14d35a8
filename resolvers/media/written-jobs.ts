// Done starts and stops of media jobs, laid over reads that may lag behind them. A job goes on by itself from `starting` to
// `completed`, so a write is laid only over a read with an earlier status.
import { filledIn, type Written } from '../../src/rest/catalog/written.ts';
import type { Page } from '../../src/rest/shapes/pages.ts';
import type { MediaJob } from './media-jobs.ts';

/** The statuses in the order in which a job has them. */
const COURSE = ['starting', 'running', 'stopping', 'post_processing', 'completed'];

/** Lays a done write of a job over reads of it. `answer`: the job as the write answered it. Returns the answer. */
export function layJob<Job extends MediaJob>(written: Written<Job>, answer: Job): Job {
  // Files appear by themselves; the answer to a write has none.
  const { recording_assets: _, ...values } = answer;
  written.lay(
    answer.id,
    (read) => (isEarlier(read, answer) ? { ...read, ...filledIn(values) } : read),
    answer,
  );
  return answer;
}

/** A page of jobs with the recent writes over them. */
export function jobsWith<Job extends MediaJob>(written: Written<Job>, page: Page<Job>): Page<Job> {
  return { ...page, items: page.items.map((job) => written.over(job.id, job)) };
}

/** False for statuses that are not documented, and for `failed`, which ends a job at any time. */
function isEarlier(read: MediaJob, written: MediaJob): boolean {
  const place = COURSE.indexOf(read.status);
  return place !== -1 && place < COURSE.indexOf(written.status);
}
