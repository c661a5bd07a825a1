import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useMe } from '../../../app/session';
import { useAddress } from '../../../pieces/address';
import { useDraft } from '../../../pieces/draft';
import { COMPANY_ZONE } from '../../../pieces/format';
import { type Cycle, cycleQuery, type StartInput } from '../queries';
import { BETWEEN } from './like';

export const STEPS = ['scheme', 'dates', 'people', 'confirm'] as const;
export type StartStep = (typeof STEPS)[number];
export type Role = NonNullable<NonNullable<StartInput['scope']>['roles']>[number];
export type SetAside = NonNullable<StartInput['setAside']>;

/** Longest name that a cycle may have. */
export const NAME_MOST = 120;
const PERIOD = /^\d{4}(-\d{2}|-Q[1-4])?$/;

export interface StartForm {
  /** Undefined while period, name or scheme is missing. */
  readonly input: StartInput | undefined;
  readonly step: StartStep;
  readonly setAside: SetAside;
  readonly changeSetAside: (next: SetAside) => void;
  readonly dropDraft: () => void;
  /** The cycle that this one is like; undefined where there is none. Nothing goes on without it: its people are copied. */
  readonly like: UseQueryResult<Cycle> | undefined;
}

/** What was chosen so far: it stands in the address, and the people set aside by hand on this device until the cycle is started. */
export function useStartForm(): StartForm {
  const address = useAddress();
  const me = useMe();
  const { like: likeId, step } = address;
  const like = useQuery({ ...cycleQuery(likeId ?? ''), enabled: likeId !== undefined });
  const { draft, set, drop, kept } = useDraft<SetAside>(`cycles.new.${me.subject}.${likeId ?? ''}`, []);
  const copied = like.data?.setAside;
  const setAside = useMemo(() => (kept ? draft : [...(copied ?? [])]), [kept, draft, copied]);
  const input = useMemo(() => inputOf(address, setAside, like.data), [address, setAside, like.data]);
  return {
    input,
    step: STEPS.find((known) => known === step) ?? 'scheme',
    setAside,
    changeSetAside: set,
    dropDraft: drop,
    like: likeId === undefined ? undefined : like,
  };
}

type Address = ReturnType<typeof useAddress>;

function inputOf({ of, name, scheme, calendar, ...lists }: Address, setAside: SetAside, like: Cycle | undefined): StartInput | undefined {
  if (of === undefined || !PERIOD.test(of) || name === undefined || name.trim() === '' || scheme === undefined) return undefined;
  const scope = {
    ...listOf('roles', lists['roles']),
    ...listOf('departments', lists['departments']),
    ...listOf('regions', lists['regions']),
    ...listOf('teams', lists['teams']),
    ...(like?.scope.subjects === undefined ? {} : { subjects: like.scope.subjects }),
  };
  return {
    name: name.trim().slice(0, NAME_MOST),
    period: of,
    schemeId: scheme,
    scope,
    setAside,
    calendarRegion: calendar === 'WEEKDAYS' ? 'WEEKDAYS' : 'CN',
    zone: like?.calendar.zone ?? COMPANY_ZONE,
    ...(like && like.dayLengthMs !== null ? { dayLengthMs: like.dayLengthMs } : {}),
  };
}

function listOf<K extends string>(name: K, text: string | undefined): { readonly [P in K]?: string[] } {
  const list: { [P in K]?: string[] } = {};
  if (text !== undefined) list[name] = text.split(BETWEEN);
  return list;
}
