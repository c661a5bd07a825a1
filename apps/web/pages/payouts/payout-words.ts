import type { TFunction } from 'i18next';
import type { Me } from '../../app/session';
import { hasRole } from '../../app/session';
import type { MarkKind } from '../../pieces/mark';
import { language } from '../../texts';
import type { Batch, BatchAct, Figures, LineStatus } from './payout-queries';

export type PayoutT = TFunction<'payouts'>;
type CommonT = TFunction<'common'>;

export const STAGE_MARK: Readonly<Record<Batch['stage'], MarkKind>> = {
  computing: 'run',
  computed: 'plain',
  checked: 'run',
  'check-failed': 'bad',
  approved: 'run',
  released: 'warn',
  acknowledged: 'good',
  cancelled: 'plain',
};

export const STATUS_MARK: Readonly<Record<LineStatus, MarkKind>> = {
  computed: 'plain',
  held: 'warn',
  released: 'run',
  withheld: 'warn',
  acknowledged: 'good',
  cancelled: 'bad',
};

export const STAGES: readonly Batch['stage'][] = [
  'computing',
  'computed',
  'check-failed',
  'checked',
  'approved',
  'released',
  'acknowledged',
  'cancelled',
];

/** The stages at which a batch waits for somebody with one of these roles. */
export function stagesThatWaitFor(me: Me): readonly Batch['stage'][] {
  return [
    ...(hasRole(me, 'finance') ? (['computed', 'check-failed', 'approved', 'released'] as const) : []),
    ...(hasRole(me, 'general-manager') ? (['checked'] as const) : []),
  ];
}

export type ActName = 'check' | 'approve' | 'release' | 'acknowledge' | 'cancel';
/** Stages from which an act is possible, and those at which it is still to come. */
const POSSIBLE: Readonly<Record<ActName, readonly Batch['stage'][]>> = {
  check: ['computed', 'check-failed'],
  approve: ['checked'],
  release: ['approved'],
  acknowledge: ['released'],
  cancel: ['computing', 'computed', 'checked', 'check-failed', 'approved'],
};
const TO_COME: Readonly<Record<ActName, readonly Batch['stage'][]>> = {
  check: ['computing'],
  approve: ['computed', 'check-failed'],
  release: ['checked'],
  acknowledge: ['approved'],
  cancel: [],
};
const ROLE_OF = { check: 'finance', approve: 'general-manager', release: 'finance', acknowledge: 'finance', cancel: 'finance' } as const;

export type Standing = 'absent' | 'now' | { readonly why: string };

/** Whether this person sees the act on this batch, may do it now, or why not. What counts is decided by the API again. */
export function standingOf(act: ActName, batch: Batch, me: Me, t: PayoutT): Standing {
  if (!hasRole(me, ROLE_OF[act])) return 'absent';
  const own = ownWork(act, batch, me, t);
  if (POSSIBLE[act].includes(batch.stage)) return own === undefined ? 'now' : { why: own };
  return TO_COME[act].includes(batch.stage) ? { why: t(`notYet.${act}`) } : 'absent';
}

/** Separation of duties, by name. */
function ownWork(act: ActName, batch: Batch, me: Me, t: PayoutT): string | undefined {
  if (act !== 'check' && act !== 'approve') return undefined;
  if (batch.computedBy === me.subject) return t(`own.computed.${act}`);
  if (act === 'approve' && batch.checkedBy === me.subject) return t('own.checked');
  return act === 'approve' && hasRole(me, 'hr') ? t('own.hr') : undefined;
}

/** What a pay line is called in the scheme; lines that no scheme has are named here, others by their key. */
export function lineName(key: string, figures: Figures | undefined, t: PayoutT): string {
  const title = figures?.titles.find((one) => one.key === key);
  if (title) return title[language()];
  return key === 'deposit_release' ? t('depositRelease') : key;
}

const ACTS = [
  'PayoutStarted',
  'PayoutComputed',
  'PayoutChecked',
  'PayoutApproved',
  'PayoutReleased',
  'PayoutAcknowledged',
  'PayoutCancelled',
] as const;

/** What was done with a batch. */
export function actWords({ type, hold, passed }: BatchAct, t: PayoutT, common: CommonT): string {
  if (type === 'PayoutChecked' && passed === false) return t('history.PayoutCheckFailed');
  if (type === 'PayoutLinesHeld' || type === 'PayoutHoldLifted')
    return t(`history.${type}`, { name: hold?.name ?? common('erased'), count: hold?.lines ?? 0 });
  const known = ACTS.find((one) => one === type);
  return known ? t(`history.${known}`) : type;
}

/** By whom. */
export function actorOf({ by, byName }: BatchAct, t: PayoutT, common: CommonT): string {
  return by.startsWith('system:') ? t('by.system') : (byName ?? common('erased'));
}
