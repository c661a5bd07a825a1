import { type Period, period } from '#kernel';
import {
  byDayAfter,
  type DayWindow,
  nominalWindowAfter,
  OFFICIAL_CALENDAR_CN,
  PERIOD_KINDS,
  type PeriodKind,
  windowAfter,
  workingDayAfterWindow,
} from '#libs/calendar';
import type { ScheduleEntry, SchemeDocument, SchemePhase } from '../../contracts/document';
import type { PathPart } from '../reading/scheme-text';
import type { Findings } from './finding';

const PHASES: readonly SchemePhase[] = [
  'self-review',
  'manager-review',
  'second-review',
  'publication',
  'confirmation',
  'appeals',
  'payout',
];
const REVIEWS: ReadonlySet<SchemePhase> = new Set(['self-review', 'manager-review', 'second-review']);

/** Windows of every kind of period, laid out over years of the official calendar with its holidays. */
export function checkSchedule(document: SchemeDocument, findings: Findings): void {
  for (const kind of PERIOD_KINDS) {
    if (!document.periods[kind]) {
      if (document.schedule[kind]) findings.warning('schedule-not-used', ['schedule', kind], kind);
      continue;
    }
    const entries = document.schedule[kind];
    if (!entries) {
      findings.warning('no-schedule', ['schedule'], kind);
      continue;
    }
    const path: PathPart[] = ['schedule', kind];
    if (isSound(entries, path, findings)) checkWindows({ kind, entries, path, findings });
    checkPhases(document, entries, { path, findings });
  }
}

interface Place {
  readonly path: readonly PathPart[];
  readonly findings: Findings;
}

function checkPhases(document: SchemeDocument, entries: readonly ScheduleEntry[], { path, findings }: Place): void {
  const phases = new Set(entries.map(({ phase }) => phase));
  for (const step of new Set(document.review.map((one) => one.step)))
    if (!phases.has(step)) findings.error('step-without-phase', path, step);
  for (const phase of REVIEWS)
    if (phases.has(phase) && !document.review.some(({ step }) => step === phase)) findings.warning('phase-without-step', path, phase);
  if (!phases.has('publication')) findings.error('no-publication', path);
  if (!phases.has('confirmation')) findings.warning('phase-missing', path, 'confirmation');
  if (!phases.has('appeals') && document.appeal?.open !== false) findings.warning('phase-missing', path, 'appeals');
  if (!phases.has('payout') && (document.pay ?? []).length > 0) findings.warning('phase-missing', path, 'payout');
}

/** Each phase once, windows forwards, counted from what comes before: only such can be laid out. */
function isSound(entries: readonly ScheduleEntry[], path: readonly PathPart[], findings: Findings): boolean {
  let sound = true;
  const wrong = (code: string, member: readonly PathPart[], detail: string): void => {
    findings.error(code, [...path, ...member], detail);
    sound = false;
  };
  entries.forEach((entry, index) => {
    if (entries.findIndex(({ phase }) => phase === entry.phase) !== index) wrong('duplicate-phase', [index, 'phase'], entry.phase);
    if (entry.kind === 'days' && Number(entry.last) < Number(entry.first))
      wrong('window-backwards', [index, 'last'], `${entry.first}–${entry.last}`);
    if (entry.kind !== 'working-days' || entry.after === undefined) return;
    const known = entries.some(({ phase }) => phase === entry.after);
    if (!known || PHASES.indexOf(entry.after) >= PHASES.indexOf(entry.phase)) wrong('after-unknown-phase', [index, 'after'], entry.after);
  });
  return sound;
}

interface Windows extends Place {
  readonly kind: PeriodKind;
  readonly entries: readonly ScheduleEntry[];
}

interface Laid {
  readonly phase: SchemePhase;
  readonly index: number;
  readonly window: DayWindow;
  /** As the scheme says, before any shift. */
  readonly lastDay: number | undefined;
}

const YEARS = [2024, 2025, 2026, 2027] as const;

function periodsOf(kind: PeriodKind): readonly Period[] {
  return YEARS.flatMap((year) => {
    if (kind === 'year') return [period(String(year))];
    if (kind === 'quarter') return [1, 2, 3, 4].map((quarter) => period(`${year}-Q${quarter}`));
    return Array.from({ length: 12 }, (_, month) => period(`${year}-${String(month + 1).padStart(2, '0')}`));
  });
}

function checkWindows({ kind, entries, path, findings }: Windows): void {
  const told = new Set<string>();
  // The first period in which it shows stands for all of them.
  const tell = (code: string, item: Laid, detail: string): void => {
    const key = `${code} ${item.index}`;
    if (!told.has(key)) findings.warning(code, [...path, item.index], detail);
    told.add(key);
  };
  for (const of of periodsOf(kind)) {
    const laid = layOut(entries, of);
    laid.forEach((item, place) => {
      const before = laid.slice(0, place).findLast((one) => REVIEWS.has(one.phase) || one.phase === 'publication');
      if (!before || item.phase === 'payout') return;
      const backwards = item.window.last < before.window.last;
      const ends = `${item.phase} ${before.phase} ${of} ${item.window.last} ${before.window.last}`;
      if (isShared(item, before)) tell('windows-overlap', item, `${item.phase} ${before.phase}`);
      else if (backwards) tell(item.phase === 'publication' ? 'publication-before-reviews' : 'windows-backwards', item, ends);
    });
    const [paid, confirmed] = [laid.find(({ phase }) => phase === 'payout'), laid.find(({ phase }) => phase === 'confirmation')];
    if (paid && confirmed && paid.window.last < confirmed.window.last) tell('payout-before-confirmation', paid, 'payout confirmation');
  }
}

/** Reviews follow one another: two that are to end on one day have to share its window. */
function isShared(item: Laid, before: Laid): boolean {
  return REVIEWS.has(item.phase) && item.lastDay !== undefined && before.lastDay !== undefined && item.lastDay <= before.lastDay;
}

function layOut(entries: readonly ScheduleEntry[], of: Period): readonly Laid[] {
  const laid: Laid[] = [];
  const ordered = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => PHASES.indexOf(a.entry.phase) - PHASES.indexOf(b.entry.phase));
  for (const { entry, index } of ordered)
    laid.push({ phase: entry.phase, index, window: windowOf(entry, of, laid), lastDay: lastDayOf(entry) });
  return laid;
}

function lastDayOf(entry: ScheduleEntry): number | undefined {
  if (entry.kind === 'working-days') return undefined;
  return Number(entry.kind === 'days' ? entry.last : entry.day);
}

function windowOf(entry: ScheduleEntry, of: Period, earlier: readonly Laid[]): DayWindow {
  switch (entry.kind) {
    case 'days':
      return windowAfter(of, { firstDay: Number(entry.first), lastDay: Number(entry.last) }, OFFICIAL_CALENDAR_CN);
    case 'by-day':
      return byDayAfter(of, Number(entry.day), OFFICIAL_CALENDAR_CN);
    case 'working-days': {
      const base = entry.after === undefined ? earlier.at(-1) : earlier.find(({ phase }) => phase === entry.after);
      const start = base?.window ?? nominalWindowAfter(of, { firstDay: 1, lastDay: 1 });
      const last = workingDayAfterWindow(start, Number(entry.days), OFFICIAL_CALENDAR_CN);
      return { first: last, last };
    }
  }
}
