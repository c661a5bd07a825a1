import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  log,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import {
  type FollowInput,
  isAfter,
  type Mark,
  PROGRESS_QUERY,
  RECORDED_SIGNAL,
  type RecordedSignal,
  SEARCH_ATTRIBUTE_NAMES,
  START_OF_LOG,
  WORKFLOW_LIMITS,
  type WorkflowProgress,
} from './contracts';

const recorded = defineSignal<[RecordedSignal]>(RECORDED_SIGNAL);
const progress = defineQuery<WorkflowProgress>(PROGRESS_QUERY);

/** `key` is the same for the same step in every run and after every loss. */
export interface Action {
  readonly key: string;
}

export type Next<A extends Action> =
  | { readonly kind: 'do'; readonly action: A }
  /** Undefined: only an event can move it on. */
  | { readonly kind: 'wait'; readonly untilMs: number | undefined }
  | { readonly kind: 'end' };

/** How the workflow is found among others; each a Keyword. */
export interface Shown {
  readonly kind: string;
  readonly cycle: string;
  readonly phase: string;
  readonly region: string;
}

export interface Followed<I extends FollowInput, R, A extends Action> {
  readonly input: I;
  load(): Promise<R>;
  /** Pure: a choice from what is recorded, the time, and the steps this run has done (for those that leave no event). */
  next(state: R, nowMs: number, done: ReadonlySet<string>): Next<A>;
  /** False when it was refused or failed: not thrown, the next choice sees what is recorded. */
  perform(action: A, state: R): Promise<boolean>;
  show(state: R): Shown;
}

/**
 * The shape of every long workflow: read what is recorded, choose the next step, do it, read again. All it remembers
 * beyond the record is how far it was told, so a lost history, a late start or a new run change nothing.
 */
export async function followRecord<I extends FollowInput, R, A extends Action>(followed: Followed<I, R, A>): Promise<void> {
  const { input } = followed;
  const runs = input.carried?.runs ?? 0;
  let told: Mark = input.carried?.mark ?? START_OF_LOG;
  let hints = 0;
  let view: Omit<WorkflowProgress, 'mark' | 'runs'> = { step: null, waitingUntilMs: null, stalled: 0 };
  setHandler(recorded, ({ epoch, position }) => {
    const mark = { epoch, position };
    if (!isAfter(mark, told)) return;
    told = mark;
    hints += 1;
  });
  setHandler(progress, () => ({ ...view, mark: told, runs }));

  const show = shower();
  const done = new Set<string>();
  let tried = '';
  for (;;) {
    const heard = hints;
    const state = await followed.load();
    show(followed.show(state));
    const chosen = followed.next(state, Date.now(), done);
    if (chosen.kind === 'end') return;
    if (isLong(input)) await continueAsNew({ ...input, carried: { mark: told, runs: runs + 1 } });
    if (chosen.kind === 'wait') {
      view = { step: view.step, waitingUntilMs: chosen.untilMs ?? null, stalled: 0 };
      tried = '';
      await waitForHint(() => hints > heard, chosen.untilMs);
      continue;
    }
    const { key } = chosen.action;
    const trying = `${key} ${JSON.stringify(state)}`;
    if (trying === tried) {
      // The same step from the same record: it was refused, or its effect is not seen yet. Later, or when something is recorded.
      view = { step: key, waitingUntilMs: null, stalled: view.stalled + 1 };
      log.warn('a step changed nothing and is tried again later', { step: key, stalled: view.stalled });
      tried = '';
      await waitForHint(() => hints > heard, Date.now() + stallMs(view.stalled));
      continue;
    }
    view = { step: key, waitingUntilMs: null, stalled: key === view.step ? view.stalled : 0 };
    tried = trying;
    if (await followed.perform(chosen.action, state)) done.add(key);
  }
}

function isLong(input: FollowInput): boolean {
  const info = workflowInfo();
  return info.continueAsNewSuggested || info.historyLength >= (input.historyEvents ?? WORKFLOW_LIMITS.historyEvents);
}

async function waitForHint(heard: () => boolean, untilMs: number | undefined): Promise<void> {
  const left = untilMs === undefined ? WORKFLOW_LIMITS.longestWaitMs : untilMs - Date.now();
  if (left > 0) await condition(heard, Math.min(left, WORKFLOW_LIMITS.longestWaitMs));
}

function stallMs(stalled: number): number {
  return Math.min(WORKFLOW_LIMITS.stallFirstMs * 2 ** (stalled - 1), WORKFLOW_LIMITS.stallMaxMs);
}

/** One event each time that what is shown changes. */
function shower(): (shown: Shown) => void {
  let last = '';
  return ({ kind, cycle, phase, region }) => {
    const text = JSON.stringify([kind, cycle, phase, region]);
    if (text === last) return;
    last = text;
    upsertSearchAttributes([
      keyword(SEARCH_ATTRIBUTE_NAMES.kind, kind),
      keyword(SEARCH_ATTRIBUTE_NAMES.cycle, cycle),
      keyword(SEARCH_ATTRIBUTE_NAMES.phase, phase),
      keyword(SEARCH_ATTRIBUTE_NAMES.region, region),
    ]);
  };
}

export function keyword(name: string, value: string) {
  return { key: { name, type: 'KEYWORD' }, value } as const;
}
