// Applies successful starts and stops of media jobs to reads, because reads of the REST API may lag behind writes.
import type { WrittenJobs } from '../../src/rest/catalog/catalog.ts';
import type { Page } from '../../src/rest/shapes/pages.ts';
import type { MediaJob } from './media-jobs.ts';

/** Applies a successful write of a job to later reads of it. `answer`: the job in the answer to the write. Returns the answer. */
export function layJob<Job extends MediaJob>(written: WrittenJobs<Job>, answer: Job): Job {
  written.lay(answer.id, answer, answer);
  return answer;
}

/** A page of jobs with the recent writes applied. */
export function jobsWith<Job extends MediaJob>(written: WrittenJobs<Job>, page: Page<Job>): Page<Job> {
  return { ...page, items: page.items.map((job) => written.over(job.id, job)) };
}
