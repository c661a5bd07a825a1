import { type Period, period, type SubjectId } from '#kernel';
import { monthsOf, periodBefore } from '#libs/calendar';
import type { CycleEvent, CycleOfPeriod, CycleReader } from '#libs/cycle/contracts';
import type { FactEvent, FactsReader } from '#libs/facts/contracts';
import { type AnyProjection, defineReactor, type ReactorCommand } from '#libs/projections';
import { type FactWindow, factWindows, requiredHistory, type SchemeSource } from '#libs/scheme';
import type { TargetEvent, TargetsReader } from '#libs/targets/contracts';
import { type AppraisalEvent, type AppraisalReader, type CorrectionCause, parseAppraisalId } from '../contracts';
import { appraisalDecider } from '../domain/appraisal.decider';
import type { Appraisal } from '../domain/appraisal.state';
import { CORRECTION_LIMITS, correctionCommands, type CorrectionWorkParts } from './correction-work';
import type { ChangedFacts } from './scoring.service';
import { type Touched, touchedByFacts, touchedByImport, touchedByTargets } from './touched';

export interface CorrectionParts extends CorrectionWorkParts {
  readonly facts: Pick<FactsReader, 'fact' | 'importTouches' | 'ownersTouched' | 'metrics'>;
  readonly targets: Pick<TargetsReader, 'setBy'>;
  readonly cycles: Pick<CycleReader, 'ofPeriods'>;
  readonly appraisals: Pick<AppraisalReader, 'scored'>;
  readonly schemes: SchemeSource;
  /** Read models of facts, targets, cycles and results: an event is handled when they have seen it. */
  readonly waitsFor: readonly AnyProjection[];
}

type Watched =
  | Extract<FactEvent, { readonly type: 'FactImportCompleted' | 'FactCorrected' }>
  | Extract<TargetEvent, { readonly type: 'TargetImportCompleted' }>
  | Extract<AppraisalEvent, { readonly type: 'AppraisalPublished' | 'AppraisalAmended' }>
  | Extract<CycleEvent, { readonly type: 'CycleStarted' }>;

/**
 * Facts and targets that arrive late or are superseded, and scores that earlier periods got since: exactly those who have a score
 * that can stand on them are evaluated again. What their score is then is decided by their appraisals.
 */
export function createCorrectionReactor(parts: CorrectionParts) {
  /** Cycles after which none of the scheme has been started that could read them: nearly all, when a whole cycle is published. */
  const readByNone = new Set<string>();

  const factsTouched = async (touched: Touched, position: number): Promise<readonly ReactorCommand[]> => {
    const cause: CorrectionCause = { kind: 'fact-correction', position };
    const commands: ReactorCommand[] = [];
    for (const cycle of await parts.cycles.ofPeriods(periodsReached(touched.months))) {
      for (const affected of await affectedIn(parts, cycle, touched))
        commands.push(...correctionCommands(parts, { ...affected, cycle, cause }));
    }
    if (commands.length === 0) return [];
    // As one: however many cycles and sets of facts an import is about, it is never too much for a turn.
    const send: ReactorCommand['send'] = async (runner, context) => {
      for (const command of commands) await command.send(runner, context);
    };
    return [{ target: cause.kind, send }];
  };

  const scoreTouched = async (
    { cycleId, period: of, scheme: { schemeId }, subject }: Appraisal,
    position: number,
  ): Promise<readonly ReactorCommand[]> => {
    const later = (await parts.cycles.ofPeriods(periodsReached(monthsOf(of)))).filter(
      (cycle) => cycle.scheme.schemeId === schemeId && cycle.period !== of,
    );
    if (later.length === 0) readByNone.add(cycleId);
    const commands: ReactorCommand[] = [];
    for (const cycle of later) {
      const scheme = await parts.schemes.scheme(schemeId, cycle.scheme.version);
      if (!scheme || !requiredHistory(scheme, cycle.period).some((entry) => entry.period === of)) continue;
      const subjects = await parts.appraisals.scored({ cycleId: cycle.cycleId, which: { subjects: [subject] } });
      const changed: ChangedFacts = { facts: [], history: true };
      commands.push(...correctionCommands(parts, { subjects, changed, cycle, cause: { kind: 'earlier-score', position } }));
    }
    return commands;
  };

  return defineReactor<Watched>({
    name: 'score-correction',
    version: 1,
    reads: parts.waitsFor,
    on: {
      FactImportCompleted: async ({ data, position }) =>
        factsTouched(await touchedByImport(parts.facts, data.importId, data.completeFor), position),
      FactCorrected: async ({ data, position }) => {
        const before = await parts.facts.fact(data.supersedes, position - 1);
        const superseded = before
          ? [
              {
                ...before,
                owner: before.subject
                  ? { subject: before.subject }
                  : { unit: before.unit?.kind ?? 'company', label: before.unit?.label ?? '' },
              },
            ]
          : [];
        return factsTouched(touchedByFacts([data.fact, ...superseded]), position);
      },
      TargetImportCompleted: async ({ data, position }) => factsTouched(await touchedByTargets(parts.targets, data.importId), position),
      CycleStarted: () => {
        readByNone.clear();
        return Promise.resolve([]);
      },
      AppraisalPublished: async ({ streamId, position }, { load }) => {
        const id = streamId.slice('appraisal-'.length);
        if (readByNone.has(parseAppraisalId(id)?.cycleId ?? '')) return [];
        const { state } = await load(appraisalDecider, id);
        return state.status === 'none' ? [] : scoreTouched(state, position);
      },
      AppraisalAmended: async ({ streamId, position }, { load }) => {
        const { state } = await load(appraisalDecider, streamId.slice('appraisal-'.length));
        if (state.status === 'none') return [];
        const { cycleId, subject, period: of, scheme, correction } = state;
        const later = await scoreTouched(state, position);
        if (!correction) return later;
        // What had been proposed stands on the result before: it is looked at again beside the one that holds now.
        const cause: CorrectionCause = { kind: 'fact-correction', position };
        const cycle: CycleOfPeriod = { cycleId, period: of, scheme };
        return [...correctionCommands(parts, { subjects: [subject], changed: correction.changed, cycle, cause }), ...later];
      },
    },
  });
}

/** Every period that can read a fact of these months: those that they are in, and the ones after them. */
function periodsReached(months: readonly Period[]): readonly Period[] {
  const reached = new Set<Period>();
  for (const month of months) {
    for (let ahead = 0; ahead <= CORRECTION_LIMITS.monthsAhead; ahead += 1) {
      const later = periodBefore(month, -ahead);
      const [year, number] = [later.slice(0, 4), Number(later.slice(5))];
      reached
        .add(later)
        .add(period(`${year}-Q${Math.ceil(number / 3)}`))
        .add(period(year));
    }
  }
  return [...reached];
}

interface Affected {
  readonly subjects: readonly SubjectId[];
  readonly changed: ChangedFacts;
}

/**
 * Who of the cycle has a score that can stand on it, and on which facts, each for themselves: what was not touched stays as it was
 * published or decided. Together those who have the same facts touched.
 */
async function affectedIn(
  parts: CorrectionParts,
  { cycleId, period: of, scheme }: CycleOfPeriod,
  touched: Touched,
): Promise<readonly Affected[]> {
  const compiled = await parts.schemes.scheme(scheme.schemeId, scheme.version);
  if (!compiled) return [];
  const metrics = await parts.facts.metrics();
  const windows = factWindows(compiled, of, (metric) => metrics.get(metric)?.previousOf).filter((window) =>
    monthsOf(window.period).some((month) => touched.months.includes(month)),
  );
  const bySubject = new Map<SubjectId, FactWindow[]>();
  for (const window of windows)
    for (const subject of await standingOn(parts.appraisals, { cycleId, window, touched }))
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), window]);
  const groups = new Map<string, { readonly subjects: SubjectId[]; readonly changed: ChangedFacts }>();
  for (const [subject, own] of [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const facts = [...new Set(own.filter(({ isHistory }) => !isHistory).map(({ key }) => key))].sort();
    const history = own.some(({ isHistory }) => isHistory);
    const key = `${history ? 'history' : ''} ${facts.join(' ')}`;
    const group = groups.get(key) ?? { subjects: [], changed: { facts, history } };
    group.subjects.push(subject);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Whose score can stand on what was said in a window: the people or units it is about, and who had no such fact and is covered now. */
async function standingOn(
  appraisals: CorrectionParts['appraisals'],
  { cycleId, window, touched }: { readonly cycleId: string; readonly window: FactWindow; readonly touched: Touched },
): Promise<ReadonlySet<SubjectId>> {
  const { of: owner, metric, key } = window;
  if (owner !== 'person') {
    const labels = [...(await touched.labels(owner, [window]))];
    return new Set(labels.length === 0 ? [] : await appraisals.scored({ cycleId, which: { unit: owner, labels } }));
  }
  const people = [...(await touched.people([window]))];
  const found = new Set(people.length === 0 ? [] : await appraisals.scored({ cycleId, which: { subjects: people } }));
  const { complete } = touched;
  if (!complete?.metrics.includes(metric)) return found;
  const covered = complete.people === 'everyone' ? undefined : new Set<SubjectId>(complete.people);
  for (const subject of await appraisals.scored({ cycleId, which: { lacking: [key] } }))
    if (covered?.has(subject) !== false) found.add(subject);
  return found;
}
