import { type Instant, instant, PersonalText, plainDay } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { COACHING_LIMITS, type CoachingReader, type PlanHappening, type PlanReview, type PlanRow } from '../contracts';
import { missingFor } from '../domain/gate.policy';
import { planDay } from '../domain/plan-clock.policy';
import { planStatus } from '../domain/plan-status.policy';
import { coachingPlanProjection, type CoachingPlanTableRow, type HappeningCell, type ReviewCell } from './coaching-plan.projection';
import { dailyLogProjection, type DailyLogRow } from './daily-log.projection';

export function createCoachingReader(read: ReadDb): CoachingReader {
  const plans = (asOf?: number): string => asOfTable(coachingPlanProjection, asOf);
  return {
    async plan(planId, now, asOf) {
      const row = await read.one<CoachingPlanTableRow>(`SELECT * FROM ${plans(asOf)} p WHERE plan_id = $1`, [planId]);
      return row && planRowOf(row, now);
    },
    async list({ subject, subjects, coach, live, after, limit, now }) {
      const size = Math.min(Math.max(limit, 1), COACHING_LIMITS.page);
      const rows = await read.query<CoachingPlanTableRow>(
        `SELECT * FROM ${plans()} p
         WHERE ($1::text IS NULL OR subject = $1) AND ($2::text IS NULL OR coach = $2) AND ($3::boolean IS NULL OR live = $3) AND plan_id > $4
           AND ($6::text[] IS NULL OR subject = ANY($6))
         ORDER BY plan_id LIMIT $5`,
        [subject ?? null, coach ?? null, live ?? null, after ?? '', size + 1, subjects ?? null],
      );
      const items = rows.slice(0, size).map((row) => planRowOf(row, now));
      const last = items.at(-1);
      return rows.length > size && last ? { items, next: last.planId } : { items };
    },
    async dailyLogs(planId, limit) {
      const rows = await read.query<DailyLogRow>(
        `SELECT * FROM ${asOfTable(dailyLogProjection)} d WHERE plan_id = $1 ORDER BY date DESC LIMIT $2`,
        [planId, Math.min(Math.max(limit, 1), COACHING_LIMITS.planDays)],
      );
      return rows.map(({ date, day, visits, calls, prospects, quotes, follow_ups: followUps, notes: [note] }) => ({
        date: plainDay(date),
        day,
        visits,
        calls,
        prospects,
        quotes,
        followUps,
        note: note ? PersonalText.fromStored(note) : null,
      }));
    },
    async livePlansOf(subject) {
      const rows = await read.query<{ readonly plan_id: string }>(
        `SELECT plan_id FROM ${plans()} p WHERE subject = $1 AND live ORDER BY plan_id`,
        [subject],
      );
      return rows.map(({ plan_id: planId }) => planId);
    },
  };
}

function planRowOf(row: CoachingPlanTableRow, now: Instant): PlanRow {
  const { state } = row;
  return {
    planId: row.plan_id,
    subject: row.subject,
    coach: row.coach,
    mentor: state.mentor ?? null,
    cause: state.cause,
    template: state.template,
    startDay: state.startDay,
    startedAt: state.startedAt,
    day: planDay({ ...state, zone: state.calendar.zone }, state.pausedDays, state.pause?.at ?? now),
    pausedDays: state.pausedDays,
    extensionDays: state.extensionDays,
    stages: state.stages,
    gates: state.gates.map((gate) => {
      const stage = state.stages.find((candidate) => candidate.stage === gate.stage);
      return { ...gate, missing: stage && gate.state !== 'passed' ? missingFor(stage, state.evidence) : [] };
    }),
    evidence: state.evidence.map(({ evidenceId, stage, requirement, value, decomposition, by, loggedAt, byCoach }) => ({
      evidenceId,
      stage,
      requirement,
      value: value ?? null,
      decomposition: decomposition ?? null,
      by,
      loggedAt,
      byCoach,
    })),
    assessmentDays: state.assessmentDays,
    activityPerDay: state.activityPerDay ?? null,
    assessments: state.assessments,
    notes: row.notes.map(({ what, by, at, text, evidenceId, stage }) => ({
      what,
      by,
      at: instant(at),
      text: PersonalText.fromStored(text),
      evidenceId: evidenceId ?? null,
      stage: stage ?? null,
    })),
    reviews: row.reviews.map(reviewOf).reverse(),
    happenings: row.happenings.map(happeningOf).reverse(),
    status: planStatus(state, now),
    version: row.version,
    position: row.position,
  };
}

function reviewOf({ week, by, at, talk, actions }: ReviewCell): PlanReview {
  return {
    week,
    by,
    at: instant(at),
    talk: PersonalText.fromStored(talk),
    actions: actions.map(({ what, due }) => ({ what: PersonalText.fromStored(what), due: due === null ? null : plainDay(due) })),
  };
}

function happeningOf({ what, by, at, stage, attempt, days, reason, missing }: HappeningCell): PlanHappening {
  return {
    what,
    by,
    at: instant(at),
    stage: stage ?? null,
    attempt: attempt ?? null,
    days: days ?? null,
    reason: reason ?? null,
    missing: missing ?? [],
  };
}
