import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatAmount, formatInstant } from '../../pieces/format';
import { type Batch, historyQuery } from './payout-queries';
import { actorOf, actWords } from './payout-words';

/** Acts of others that are told one by one; the rest stands in the history. */
const MOST_ACTS = 5;

/** Whether the batch is another than the one that somebody decided on. */
export function isOther(before: Batch | undefined, now: Batch): before is Batch {
  return before !== undefined && (before.version !== now.version || before.stage !== now.stage);
}

/** What differs from what one saw, and who did what meanwhile. */
export function Changed({ before, now }: { readonly before: Batch | undefined; readonly now: Batch }): ReactElement | null {
  return isOther(before, now) ? <Meanwhile before={before} now={now} /> : null;
}

function Meanwhile({ before, now }: { readonly before: Batch; readonly now: Batch }): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const { data } = useQuery(historyQuery(now));
  const acts = (data?.items ?? []).filter(({ position }) => position > before.position).slice(0, MOST_ACTS);
  const rows = [
    { key: 'stage', name: t('column.stage'), was: t(`stage.${before.stage}`), is: t(`stage.${now.stage}`) },
    { key: 'held', name: t('figure.held'), was: formatAmount(before.held), is: formatAmount(now.held) },
    { key: 'total', name: t('figure.total'), was: formatAmount(before.total), is: formatAmount(now.total) },
    { key: 'lines', name: t('figure.lines'), was: String(before.lines), is: String(now.lines) },
    { key: 'people', name: t('figure.statements'), was: String(before.statements), is: String(now.statements) },
  ].filter(({ was, is }) => was !== is);
  return (
    <div className="note warn" role="alert">
      <strong>{t('conflict.title')}</strong>
      {rows.length > 0 && (
        <dl className="pairs">
          {rows.map(({ key, name, was, is }) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{t('conflict.wasIs', { was, is })}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul>
        {acts.map((act) => (
          <li key={act.position}>
            {actorOf(act, t, common)} · {formatInstant(act.at)} · {actWords(act, t, common)}
            {act.reason !== null && <span className="soft"> ({act.reason})</span>}
          </li>
        ))}
      </ul>
      <p>{t('conflict.todo')}</p>
    </div>
  );
}
