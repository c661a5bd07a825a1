import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchTodo, SchemeTodo } from '../../api/todo';
import { formatDay, formatPeriod } from '../../pieces/format';
import { Go } from '../../pieces/go';
import { language } from '../../texts';

/** A version of a scheme to comment on, where one was invited to, or to decide on. */
export function SchemeLine({ todo: { act, version, until } }: { readonly todo: SchemeTodo }): ReactElement {
  const { t } = useTranslation('home');
  const tab = act === 'comment' ? '&tab=discussion' : '';
  return (
    <>
      <Go to={`/schemes/${version.schemeId}?version=${version.version}${tab}`}>
        <strong>{t('todo.of', { kind: t(`todo.scheme.${act}`), name: version.title[language()] })}</strong>
      </Go>
      <div className="soft">
        {t('todo.schemeVersion', { version: version.version })} ·{' '}
        {until === null ? t('todo.noDeadline') : t('todo.until', { day: formatDay(until) })}
      </div>
    </>
  );
}

/** A payout batch that waits for one's own act. */
export function BatchLine({ todo: { act, batch } }: { readonly todo: BatchTodo }): ReactElement {
  const { t } = useTranslation('home');
  const period = formatPeriod(batch.period);
  return (
    <>
      <Go to={`/payouts/${batch.batchId}`}>
        <strong>{t('todo.of', { kind: t(`todo.batch.${act}`), name: batch.cycleName ?? period })}</strong>
      </Go>
      <div className="soft">
        {t('pay.total', { period, kind: t(`pay.kind.${batch.kind}`), round: batch.round })} · {t('todo.noDeadline')}
      </div>
    </>
  );
}
