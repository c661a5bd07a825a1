import type { SubjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import { type AppraisalEvent, parseAppraisalId, type TaskOfAppraisal } from '../contracts';

/** What is done beside the manager's own review, by several people at the same time. */
export type RaterTaskKind = 'manager-review' | 'department-review' | 'nominate-peers' | 'peer-review' | 'customer-answers';

/** One thing that one of an appraisal's raters has to do. No answers and no ratings. */
export type RaterTaskRow = {
  readonly cycle_id: string;
  readonly subject: SubjectId;
  /** The task's place among the appraisal's tasks; of a peer `peer-<id>`. */
  readonly task: string;
  readonly place: number;
  readonly kind: RaterTaskKind;
  readonly todo_by: SubjectId | null;
  /** Set where nobody is named: any holder of this role may. */
  readonly todo_role: string | null;
  readonly department: string | null;
  readonly part: number | null;
  /** Open: to be done as long as the task of the appraisal is. */
  readonly open: boolean;
  readonly position: number;
};

type EventOf<T extends AppraisalEvent['type']> = Extract<AppraisalEvent, { readonly type: T }>;
type TaskEvent = EventOf<
  | 'AppraisalOpened'
  | 'ManagerScoreSubmitted'
  | 'AppraisalSentBack'
  | 'AppraisalStepSkipped'
  | 'PeersNominated'
  | 'PeerAnswered'
  | 'PeerAnswersRecorded'
  | 'CustomerAnswersRecorded'
>;

const STREAM_PREFIX = 'appraisal-';
const KIND_OF_GROUP = { peers: 'nominate-peers', customers: 'customer-answers' } as const;

function kindOf({ group, department }: TaskOfAppraisal): RaterTaskKind {
  if (group !== undefined) return KIND_OF_GROUP[group];
  return department === undefined ? 'manager-review' : 'department-review';
}

/** Tasks that stand beside the manager's first. */
function beside({ steps }: EventOf<'AppraisalOpened'>['data']): readonly { readonly task: TaskOfAppraisal; readonly place: number }[] {
  const own = steps.findIndex(({ step }) => step === 'manager-review');
  return steps.map((task, place) => ({ task, place })).filter(({ task, place }) => task.step === 'manager-review' && place !== own);
}

function keysOf(event: RecordedEvent, tasks: readonly (string | number)[]): readonly RowKey[] {
  const ids = parseAppraisalId(event.streamId.slice(STREAM_PREFIX.length));
  return ids ? tasks.map((task): RowKey => [ids.cycleId, ids.subject, String(task)]) : [];
}

const peerKey = (peer: SubjectId): string => `peer-${peer}`;

const opened: RowChange<EventOf<'AppraisalOpened'>, RaterTaskRow> = {
  keys: (event) =>
    keysOf(
      event,
      beside(event.data).map(({ place }) => place),
    ),
  evolve: (row, { data, position }, key) => {
    const found = beside(data).find(({ place }) => String(place) === key[2]);
    if (row || !found) return row;
    const { task, place } = found;
    // Who manages the person knows whom to ask.
    const nominates = task.group === 'peers' ? data.parts.at(-1)?.manager : undefined;
    const by = nominates ?? task.reviewer ?? null;
    return {
      cycle_id: data.cycleId,
      subject: data.subject,
      task: String(place),
      place,
      kind: kindOf(task),
      todo_by: by,
      todo_role: by === null ? (task.role ?? null) : null,
      department: task.department ?? null,
      part: task.part ?? null,
      open: true,
      position,
    };
  },
};

/** Opens or closes the rows of the tasks named. */
function turned<E extends TaskEvent>(tasks: (data: E['data']) => readonly (string | number)[], open: boolean): RowChange<E, RaterTaskRow> {
  return {
    keys: (event) => keysOf(event, tasks(event.data)),
    evolve: (row, { position }) => row && { ...row, open, position },
  };
}

const nominated: RowChange<EventOf<'PeersNominated'>, RaterTaskRow> = {
  keys: (event) => keysOf(event, [event.data.task, ...event.data.peers.map(peerKey), ...event.data.removed.map(peerKey)]),
  evolve: (row, event, key) => {
    const { data, position } = event;
    if (key[2] === String(data.task)) return row && { ...row, open: data.peers.length === 0, position };
    const peer = data.peers.find((one) => peerKey(one) === key[2]);
    if (peer === undefined) return undefined;
    const ids = parseAppraisalId(event.streamId.slice(STREAM_PREFIX.length));
    if (!ids) return row;
    return (
      row ?? {
        cycle_id: ids.cycleId,
        subject: ids.subject,
        task: peerKey(peer),
        place: data.task,
        kind: 'peer-review',
        todo_by: peer,
        todo_role: null,
        department: null,
        part: null,
        open: true,
        position,
      }
    );
  },
};

export const raterTaskProjection = defineProjection<RaterTaskRow, TaskEvent>({
  name: 'rater_task',
  version: 1,
  columns: {
    cycle_id: 'text',
    subject: 'text',
    task: 'text',
    place: 'integer',
    kind: 'text',
    todo_by: 'text',
    todo_role: 'text',
    department: 'text',
    part: 'integer',
    open: 'boolean',
    position: 'bigint',
  },
  key: ['cycle_id', 'subject', 'task'],
  indexes: [{ columns: ['todo_by', 'open'] }, { columns: ['todo_role', 'open'] }],
  history: false,
  on: {
    AppraisalOpened: opened,
    ManagerScoreSubmitted: turned(({ task }) => (task === undefined ? [] : [task]), false),
    AppraisalSentBack: turned(({ tasks }) => tasks ?? [], true),
    AppraisalStepSkipped: turned(({ task, rule }) => (task === undefined || rule === 'hold' ? [] : [task]), false),
    PeersNominated: nominated,
    PeerAnswered: turned(({ peer }) => [peerKey(peer)], false),
    PeerAnswersRecorded: turned(({ task }) => [task], false),
    CustomerAnswersRecorded: turned(({ task }) => [task], false),
  },
});
