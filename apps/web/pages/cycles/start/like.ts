import type { TFunction } from 'i18next';
import { formatPeriod } from '../../../pieces/format';
import type { Cycle } from '../queries';
import { kindOf, periodAfter } from '../words';

/** Names of a list, as they stand in the address. */
export const BETWEEN = '~';

/** The address that starts the period after a cycle's with everything as it was, at the last of the four steps. */
export function likeSearch(cycle: Cycle, t: TFunction<'cycles'>): Record<string, string> {
  const period = periodAfter(cycle.period);
  const { roles, departments, regions, teams } = cycle.scope;
  const lists = Object.entries({ roles, departments, regions, teams }).flatMap(([name, list]) =>
    list && list.length > 0 ? [[name, list.join(BETWEEN)] as const] : [],
  );
  return {
    step: 'confirm',
    like: cycle.cycleId,
    of: period,
    name: nameAfter(cycle, t),
    scheme: cycle.scheme.schemeId,
    calendar: cycle.calendar.region,
    ...Object.fromEntries(lists),
  };
}

/** The same name about the next period, where the period stands in it. */
function nameAfter({ name, period }: Cycle, t: TFunction<'cycles'>): string {
  const next = periodAfter(period);
  if (name.includes(period)) return name.replaceAll(period, next);
  return t('start.nameOf', { period: formatPeriod(next), kind: t(`kind.${kindOf(next)}`) });
}
