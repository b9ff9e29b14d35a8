// The state machine of all media jobs: starting, running, stopping, post_processing, completed or failed. The order is
// documented; the durations are the sandbox's choice where the documentation gives no number.
import { Emitter } from '../emitter.ts';
import { leavesFiles, mediaAssets, recordedSeconds, transcriptionAssets } from './job-assets.ts';
import type { AssetRecord, JobEvent, JobKind, JobPlan, JobRecord } from './job-records.ts';
import { PastMap } from '../past.ts';
import type { Workspace } from '../workspace.ts';

/** Time from `starting` to `running`. */
export const STARTING_MS = 3000;
/** Time in `stopping`. */
export const STOPPING_MS = 2000;
/** Time in `post_processing`. */
export const PROCESSING_MS = 10_000;
/** A transcription takes a fifth of the recorded time, but at least this. */
export const LEAST_TRANSCRIBING_MS = 300_000;
/** A job is stopped this long after the last peer has left its session. */
export const LAST_PEER_LEFT_MS = 300_000;
/** A job is stopped this long after its room was ended. */
export const ROOM_ENDED_MS = 30_000;

/** Jobs kept; beyond this the oldest finished job is forgotten, with its files. */
const MAX_JOBS = 1000;

/** Holds the jobs and their files. Methods that take a job's id throw a RangeError if it is unknown. */
export class Jobs {
  /** Emits changes of jobs; see `JobEvent`. */
  readonly events = new Emitter<JobEvent>();
  readonly #workspace: Workspace;
  readonly #jobs: Map<string, JobRecord>;
  readonly #assets: Map<string, AssetRecord>;
  readonly #timers = new Set<() => void>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#jobs = new PastMap(workspace.past);
    this.#assets = new PastMap(workspace.past);
    workspace.events.on((event) => {
      if (event.type === 'room.ended') this.#stopLater(event.session.id, 'room ended', ROOM_ENDED_MS);
      if (event.type === 'session.closed')
        this.#stopLater(event.session.id, 'last peer left', LAST_PEER_LEFT_MS);
    });
  }

  /** By id, oldest first. */
  get all(): ReadonlyMap<string, JobRecord> {
    return this.#jobs;
  }

  /** By id, oldest first. */
  get assets(): ReadonlyMap<string, AssetRecord> {
    return this.#assets;
  }

  /** The job with this id. */
  job(jobId: string): JobRecord {
    const job = this.#jobs.get(jobId);
    if (job === undefined) throw new RangeError(`unknown job ${jobId}`);
    return job;
  }

  /** The starting and running jobs of one kind in a room, oldest first. */
  activeOf(roomId: string, kind: JobKind): JobRecord[] {
    return this.#jobs
      .values()
      .filter((job) => job.roomId === roomId && job.kind === kind && isActive(job))
      .toArray();
  }

  /** The files of a job, oldest first. */
  assetsOf(jobId: string): AssetRecord[] {
    return this.#assets
      .values()
      .filter((asset) => asset.jobId === jobId)
      .toArray();
  }

  /** Starts a job. It runs after STARTING_MS, until it is stopped or for the plan's maximum duration. */
  start(plan: JobPlan): JobRecord {
    const job = this.#begin(plan);
    this.#after(STARTING_MS, () => this.#run(job.id));
    this.#after(STARTING_MS + plan.maxDurationMs, () => this.#stopIfActive(job.id, 'max duration reached'));
    return job;
  }

  /** Stops a starting or running job; any other job stays unchanged. */
  stop(jobId: string, reason = 'client request'): JobRecord {
    const job = this.job(jobId);
    if (!isActive(job)) return job;
    this.#after(STOPPING_MS, () => this.#end(jobId, reason));
    return this.#keep({ ...job, status: 'stopping' });
  }

  /** Makes an unfinished job fail. `errorType` is one of the vendor's, such as `MAX_RETRIES_REACHED`. */
  fail(jobId: string, errorType = 'INTERNAL_ERROR', message = 'could not join the meeting URL'): void {
    const job = this.job(jobId);
    if (job.status === 'completed' || job.status === 'failed') return;
    const stoppedAt = job.stoppedAt ?? this.#workspace.instant();
    const failed = this.#keep({ ...job, status: 'failed', stoppedAt });
    this.events.emit({ type: 'job.failed', job: failed, errorType, message });
  }

  /** Pauses the recording until `resume`; the job keeps running. */
  pause(jobId: string): JobRecord {
    const job = this.job(jobId);
    return this.#keep({ ...job, pausedAt: job.pausedAt ?? this.#workspace.instant() });
  }

  /** Ends the pause of the recording, if there is one. */
  resume(jobId: string): JobRecord {
    const job = this.job(jobId);
    const now = this.#workspace.instant();
    const pausedMs = job.pausedMs + (now.ms - (job.pausedAt ?? now).ms);
    return this.#keep({ ...job, pausedAt: undefined, pausedMs });
  }

  /** Emits `job.metadata`. No answer of the API shows timed metadata. */
  sendMetadata(jobId: string, payload: string, durationSeconds: number): JobRecord {
    const job = this.job(jobId);
    this.events.emit({ type: 'job.metadata', job, payload, durationSeconds });
    return job;
  }

  /**
   * Creates a job of the past: completed, with its files, or still running if `stopMs` is missing. `at` must run each
   * step as if it were at that time (`Workspace.at`).
   */
  recall(
    plan: JobPlan,
    { startMs, stopMs }: { readonly startMs: number; readonly stopMs?: number },
    at: <Result>(ms: number, step: () => Result) => Result,
  ): void {
    const { id } = at(startMs, () => this.#begin(plan));
    at(startMs + STARTING_MS, () => this.#run(id));
    if (stopMs === undefined) return;
    at(stopMs, () => this.#keep({ ...this.job(id), status: 'stopping' }));
    at(stopMs + STOPPING_MS, () => this.#conclude(id, 'client request'));
    at(stopMs + STOPPING_MS + PROCESSING_MS, () => this.#complete(id));
    at(stopMs + STOPPING_MS + PROCESSING_MS + LEAST_TRANSCRIBING_MS, () => this.#transcribe(id));
  }

  /** Cancels all timers. */
  dispose(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #begin(plan: JobPlan): JobRecord {
    const { ids } = this.#workspace;
    const now = this.#workspace.instant();
    const job: JobRecord = {
      ...plan,
      id: ids.objectId(),
      beamId: ids.objectId(),
      status: 'starting',
      createdAt: now,
      updatedAt: now,
      startedAt: undefined,
      stoppedAt: undefined,
      pausedAt: undefined,
      pausedMs: 0,
    };
    this.#jobs.set(job.id, job);
    this.#forgetOldest();
    return job;
  }

  #run(jobId: string): void {
    const job = this.#jobs.get(jobId);
    if (job?.status !== 'starting') return;
    const running = this.#keep({ ...job, status: 'running', startedAt: this.#workspace.instant() });
    this.events.emit({ type: 'job.running', job: running });
  }

  #end(jobId: string, reason: string): void {
    this.#conclude(jobId, reason);
    this.#after(PROCESSING_MS, () => {
      this.#complete(jobId);
      const job = this.#jobs.get(jobId);
      if (job?.status !== 'completed' || job.transcription === undefined) return;
      const workMs = Math.max(LEAST_TRANSCRIBING_MS, recordedSeconds(job) * 200);
      this.#after(workMs, () => this.#transcribe(jobId));
    });
  }

  #conclude(jobId: string, reason: string): void {
    const job = this.#jobs.get(jobId);
    if (job?.status !== 'stopping') return;
    const status = leavesFiles(job) ? 'post_processing' : 'completed';
    const stopped = this.#keep({ ...job, status, stoppedAt: this.#workspace.instant() });
    this.events.emit({ type: 'job.stopped', job: stopped, reason });
  }

  #complete(jobId: string): void {
    const stopped = this.#jobs.get(jobId);
    if (stopped?.status !== 'post_processing') return;
    const workspace = this.#workspace;
    const job = this.#keep({ ...stopped, status: 'completed' });
    const assets = mediaAssets(job, workspace.ids, workspace.instant());
    const texts = transcriptionAssets(job, workspace.ids, workspace.instant());
    for (const asset of [...assets, ...texts]) this.#assets.set(asset.id, asset);
    this.events.emit({ type: 'job.recorded', job, assets });
    if (texts.length > 0) {
      this.events.emit({ type: 'job.transcribing', job, transcriptionId: job.beamId, assets: texts });
    }
  }

  #transcribe(jobId: string): void {
    const job = this.#jobs.get(jobId);
    const texts = this.assetsOf(jobId).filter(({ status }) => status === 'processing');
    if (job === undefined || texts.length === 0) return;
    const assets = texts.map(asCompleted);
    for (const asset of assets) this.#assets.set(asset.id, asset);
    this.events.emit({ type: 'job.transcribed', job, transcriptionId: job.beamId, assets });
  }

  #stopLater(sessionId: string, reason: string, delayMs: number): void {
    for (const job of this.#jobs.values()) {
      if (job.sessionId !== sessionId || !isActive(job)) continue;
      this.#after(delayMs, () => this.#stopIfActive(job.id, reason));
    }
  }

  #stopIfActive(jobId: string, reason: string): void {
    if (this.#jobs.has(jobId)) this.stop(jobId, reason);
  }

  #keep(job: JobRecord): JobRecord {
    const kept = { ...job, updatedAt: this.#workspace.instant() };
    this.#jobs.set(kept.id, kept);
    return kept;
  }

  #after(delayMs: number, action: () => void): void {
    const cancel = this.#workspace.clock.schedule(() => {
      this.#timers.delete(cancel);
      action();
    }, delayMs);
    this.#timers.add(cancel);
  }

  #forgetOldest(): void {
    if (this.#jobs.size <= MAX_JOBS) return;
    const oldest = this.#jobs.values().find(({ status }) => status === 'completed' || status === 'failed');
    if (oldest === undefined) return;
    for (const asset of this.assetsOf(oldest.id)) this.#assets.delete(asset.id);
    this.#jobs.delete(oldest.id);
  }
}

function isActive({ status }: JobRecord): boolean {
  return status === 'starting' || status === 'running';
}

function asCompleted(asset: AssetRecord): AssetRecord {
  return { ...asset, status: 'completed' };
}
