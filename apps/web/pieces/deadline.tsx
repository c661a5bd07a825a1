import { type ReactElement, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../texts';
import { InsideExplained } from './explain/explained';
import { COMPANY_ZONE, formatDay, formatEnd } from './format';
import type { TimeLeft } from './time-left';
import { useWorkingDays } from './working-days';

/**
 * What is left until an instant, and when that is: 还剩 3 个工作日 · 11月27日 24:00. Pressed or pointed at, it says how the days were
 * counted; inside of what opens an explanation already, it is words only.
 */
export function Deadline({ at }: { readonly at: string }): ReactElement {
  const { t } = useTranslation('common');
  const [isOpen, setOpen] = useState(false);
  const isInside = use(InsideExplained);
  const left = useWorkingDays()(at);
  const why = useDerivation(at, left);
  const words = (
    <time dateTime={at} className={left.kind.startsWith('over') ? 'late' : undefined}>
      {t('deadline.at', { left: wordsOf(left, t), when: formatEnd(at) })}
    </time>
  );
  if (isInside) return words;
  return (
    <span className="deadline">
      <button type="button" title={why} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {words}
      </button>
      {isOpen && (
        <span className="soft" role="status">
          {why}
        </span>
      )}
    </span>
  );
}

/** From which day to which it was counted, and what was left out. */
function useDerivation(at: string, left: TimeLeft): string {
  const { t } = useTranslation('common');
  const end = t('deadline.why.end', { when: formatEnd(at), zone: COMPANY_ZONE });
  if (left.kind !== 'days' && left.kind !== 'over-days') return end;
  const { first, last, all, days } = left;
  const counted =
    all === 1
      ? t('deadline.why.oneDay', { first: formatDay(first) })
      : t('deadline.why.counted', { first: formatDay(first), last: formatDay(last), count: all, off: all - days });
  return [counted, t('deadline.why.left', { count: days }), end].join(language() === 'zh-CN' ? '' : ' ');
}

function wordsOf(left: TimeLeft, t: ReturnType<typeof useTranslation<'common'>>['t']): string {
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
