import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { COMPANY_ZONE, formatInstant } from './format';
import { useWorkingDays } from './working-days';

/** What is left until an instant, and when that is: 还剩 3 个工作日 · 11月27日 24:00. */
export function Deadline({ at }: { readonly at: string }): ReactElement {
  const { t } = useTranslation('common');
  const left = useWorkingDays()(at);
  const when = formatInstant(at);
  return (
    <time dateTime={at} title={t('deadline.why', { zone: COMPANY_ZONE })} className={left.kind.startsWith('over') ? 'late' : undefined}>
      {t('deadline.at', { left: wordsOf(left, t), when })}
    </time>
  );
}

type Left = ReturnType<ReturnType<typeof useWorkingDays>>;

function wordsOf(left: Left, t: ReturnType<typeof useTranslation<'common'>>['t']): string {
  switch (left.kind) {
    case 'days':
      return t('deadline.days', { count: left.days });
    case 'soon':
      return t('deadline.soon', { time: left.time });
    case 'today':
      return t('deadline.today');
    case 'over-days':
      return t('deadline.overDays', { count: left.days });
    case 'over':
      return t('deadline.over');
  }
}
