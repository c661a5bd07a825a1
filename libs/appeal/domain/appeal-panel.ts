import { type DecisionContext, Rejection, type SubjectId } from '#kernel';
import {
  APPEAL_LIMITS,
  type AppealEvent,
  type CastVote,
  type CloseVoting,
  type NamePanel,
  type NoteHearing,
  type PanelMember,
  type PanelPool,
  type RecordedDeadline,
  type Remaining,
  type ReplacePanelMember,
  type SeatPanel,
} from '../contracts';
import type { Appeal } from './appeal-state';
import { mustBeAt, mustBeDecimal, mustNotBeAppellant } from './appeal-guards';
import { drawOrder, drawPanel, drawRecord, drawReplacement, panelSeed } from './panel-draw.policy';
import { panelVerdict, type Vote } from './verdict.policy';

type Events = readonly AppealEvent[];

/** Whoever triaged, left the panel or is the appellant is out, whatever the pool says. */
function eligible(state: Appeal, pool: PanelPool): PanelPool['candidates'] {
  if (pool.candidates.length > APPEAL_LIMITS.pool) throw new Rejection('appeal.pool-too-large', { limit: APPEAL_LIMITS.pool });
  return pool.candidates.map((candidate) => {
    if (candidate.subject === state.subject) return { ...candidate, excluded: 'appellant' as const };
    if (state.former.includes(candidate.subject)) return { ...candidate, excluded: 'refused' as const };
    if (candidate.excluded === undefined && state.triagedBy.includes(candidate.subject))
      return { ...candidate, excluded: 'triaged' as const };
    return candidate;
  });
}

function drawOf(state: Appeal, pool: PanelPool) {
  const candidates = eligible(state, pool);
  const seed = panelSeed({ appealId: state.appealId, acceptedAt: state.acceptedAt ?? '' }, pool.entropy);
  return { candidates, seed, draw: drawRecord(seed, pool.entropy, candidates) };
}

export function seatPanel({ data }: SeatPanel, state: Appeal, { now }: DecisionContext): Events {
  mustBeAt(state, 'to-panel');
  const { candidates, seed, draw } = drawOf(state, data.pool);
  const members = drawPanel(seed, candidates, state.terms.panelSize);
  const chair = members?.[0]?.subject;
  if (!members || chair === undefined) return [notSeatable(state, data.pool, data.remaining, now)];
  const { voteBy } = data;
  return [
    {
      type: 'PanelSeated',
      data: {
        appealId: state.appealId,
        members: [...members],
        chair,
        draw,
        decideBy: state.decideBy ?? data.decideBy,
        voteBy,
        seatedAt: now,
      },
    },
  ];
}

function notSeatable(state: Appeal, pool: PanelPool, remaining: Remaining, now: DecisionContext['now']): AppealEvent {
  const { candidates, seed, draw } = drawOf(state, pool);
  const order = drawOrder(seed, candidates);
  const departments = new Set(order.map(({ department }) => department)).size;
  return { type: 'PanelNotSeatable', data: { appealId: state.appealId, draw, eligible: order.length, departments, remaining, at: now } };
}

export function namePanel({ data }: NamePanel, state: Appeal, { now, actor }: DecisionContext): Events {
  mustNotBeAppellant(state, actor);
  mustBeAt(state, 'panel-not-seatable');
  const { members, chair, conflicts, decideBy, voteBy } = data;
  const conflict = conflicts.find(({ subject }) => members.some((member) => member.subject === subject));
  if (conflict) throw new Rejection('appeal.panel-conflict', { subject: conflict.subject, reason: conflict.reason });
  const subjects = new Set(members.map(({ subject }) => subject));
  const out = members.find(
    ({ subject }) => subject === state.subject || subject === actor || state.triagedBy.includes(subject) || state.former.includes(subject),
  );
  if (out) throw new Rejection('appeal.panel-conflict', { subject: out.subject });
  if (subjects.size !== state.terms.panelSize || members.length !== subjects.size) {
    throw new Rejection('appeal.panel-size', { size: state.terms.panelSize });
  }
  if (new Set(members.map(({ department }) => department)).size < APPEAL_LIMITS.departments) {
    throw new Rejection('appeal.panel-departments', { departments: APPEAL_LIMITS.departments });
  }
  if (!subjects.has(chair)) throw new Rejection('appeal.chair-not-on-panel');
  return [
    {
      type: 'PanelNamedByGm',
      data: { appealId: state.appealId, members: [...members], chair, by: actor, decideBy, voteBy, seatedAt: now },
    },
  ];
}

export function replaceMember({ data }: ReplacePanelMember, state: Appeal, { now, actor }: DecisionContext): Events {
  mustNotBeAppellant(state, actor);
  if (state.former.includes(data.member)) return [];
  mustBeAt(state, 'hearing');
  mustSit(state, data.member);
  if (data.cause === 'refused' && actor !== data.member) throw new Rejection('appeal.not-your-seat');
  if (state.votes.some(({ member }) => member === data.member)) throw new Rejection('appeal.voted-already');
  if (state.former.length >= APPEAL_LIMITS.refusals) throw new Rejection('appeal.too-many-refusals', { limit: APPEAL_LIMITS.refusals });
  return replaceAll(state, { members: [data.member], cause: data.cause }, data, now);
}

interface Leavers {
  readonly members: readonly SubjectId[];
  readonly cause: 'refused' | 'silent' | 'conflict';
}
type Replacing = Pick<CloseVoting['data'], 'pool' | 'remaining' | 'voteBy'>;

/** Each seat in turn, over the panel as it then is. A seat that can't be filled stops the clock. */
function replaceAll(state: Appeal, leavers: Leavers, { pool, remaining, voteBy }: Replacing, now: DecisionContext['now']): Events {
  const { members, cause } = leavers;
  const events: AppealEvent[] = [];
  const leaving = { ...state, former: [...state.former, ...members] };
  const { candidates, seed, draw } = drawOf(leaving, pool);
  let panel: readonly PanelMember[] = state.panel;
  let chair = state.chair;
  for (const member of members) {
    const staying = panel.filter(({ subject }) => subject !== member);
    const next = drawReplacement(seed, candidates, staying);
    if (!next) return [notSeatable(leaving, pool, remaining, now)];
    panel = panel.map((sitting) => (sitting.subject === member ? next : sitting));
    if (chair === member) chair = state.votes[0]?.member ?? panel[0]?.subject;
    events.push({
      type: 'PanelMemberReplaced',
      data: { appealId: state.appealId, member, by: next, cause, chair: chair ?? next.subject, draw, voteBy, replacedAt: now },
    });
  }
  return events;
}

/** The appellant is heard before a decision: nobody votes before. */
export function noteHearing({ data }: NoteHearing, state: Appeal, { now, actor }: DecisionContext): Events {
  mustNotBeAppellant(state, actor);
  mustBeAt(state, 'hearing');
  return [{ type: 'HearingNoted', data: { appealId: state.appealId, by: actor, ...data, notedAt: now } }];
}

export function castVote({ data }: CastVote, state: Appeal, { now, actor }: DecisionContext): Events {
  mustBeAt(state, 'hearing');
  const member = mustSit(state, actor);
  if (!state.heard) throw new Rejection('appeal.not-heard-yet');
  if (state.votes.some((vote) => vote.member === member)) throw new Rejection('appeal.voted-already');
  checkVote(state, data);
  const vote: Vote = { member, verdict: data.verdict, values: data.verdict === 'partly' ? data.values : [] };
  const cast: AppealEvent = {
    type: 'VoteCast',
    data: { appealId: state.appealId, member, verdict: vote.verdict, values: [...vote.values], reason: data.reason, votedAt: now },
  };
  const votes = [...state.votes, vote];
  return votes.length < state.panel.length ? [cast] : [cast, decided(state, votes, data.closeBy, now)];
}

function checkVote(state: Appeal, { verdict, values }: CastVote['data']): void {
  if (verdict !== 'partly') return;
  if (values.length === 0 && state.lines.length > 0) throw new Rejection('appeal.partly-without-values');
  for (const { line, value } of values) {
    const contested = state.lines.find((candidate) => candidate.line === line);
    if (!contested) throw new Rejection('appeal.line-not-contested', { line });
    if (contested.kind === 'fact') mustBeDecimal(line, value);
  }
}

/** Who does not vote in time is replaced once; after that two votes decide; with fewer the general manager names people. */
export function closeVoting({ data }: CloseVoting, state: Appeal, { now }: DecisionContext): Events {
  if (state.stage !== 'hearing' || state.overdueRound === state.round) return [];
  const dueAt = state.due?.at;
  if (dueAt === undefined || now < dueAt) throw new Rejection('appeal.not-due-yet', { stage: state.stage });
  if (!state.heard)
    return [{ type: 'AppealOverdue', data: { appealId: state.appealId, stage: state.stage, what: 'vote', dueAt, at: now } }];
  const voted = new Set(state.votes.map(({ member }) => member));
  const silent = state.panel.filter(({ subject }) => !voted.has(subject)).map(({ subject }) => subject);
  if (!state.silentReplaced) return replaceAll(state, { members: silent, cause: 'silent' }, data, now);
  if (state.votes.length * 2 > state.panel.length) return [decided(state, state.votes, data.closeBy, now)];
  return [notSeatable({ ...state, former: [...state.former, ...silent] }, data.pool, data.remaining, now)];
}

function decided(state: Appeal, votes: readonly Vote[], closeBy: RecordedDeadline, now: DecisionContext['now']): AppealEvent {
  const seats = state.panel.map(({ subject }) => subject);
  const inOrder = [...votes].sort((a, b) => seats.indexOf(a.member) - seats.indexOf(b.member));
  const chair = state.chair ?? inOrder[0]?.member ?? state.subject;
  const { verdict, amendments, settledBy } = panelVerdict(state.lines, inOrder, chair);
  const redoStep = verdict !== 'dismissed' && state.grounds.includes('procedure') ? state.step : undefined;
  return {
    type: 'AppealDecided',
    data: {
      appealId: state.appealId,
      cycleId: state.cycleId,
      appraisalId: state.appraisalId,
      subject: state.subject,
      verdict,
      how: 'panel',
      amendments,
      ...(redoStep === undefined ? {} : { redoStep }),
      votes: inOrder.map((vote) => ({ member: vote.member, verdict: vote.verdict })),
      chair,
      settledBy,
      closeBy,
      decidedAt: now,
    },
  };
}

function mustSit(state: Appeal, actor: string): SubjectId {
  const member = state.panel.find(({ subject }) => subject === actor);
  if (!member) throw new Rejection('appeal.not-on-panel');
  return member.subject;
}
