import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { hasRole, useMe } from '../../app/session';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { formatAmount } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { useToast } from '../../pieces/toast';
import { Field } from './batch-acts';
import { sumAmounts } from './money';
import { type Batch, type DepositHeld, depositQuery, type Figures, linesQuery } from './payout-queries';
import { lineName } from './payout-words';

interface PersonProps {
  readonly batch: Batch;
  readonly subject: string;
  readonly figures: Figures | undefined;
}

/** One person in the batch, with what is held of their pay as a deposit. */
export function PersonInBatch({ batch, subject, figures }: PersonProps): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const lines = useQuery(linesQuery(batch, { person: subject }));
  const deposit = useQuery(depositQuery(subject));
  const known = deposit.data ?? lines.data?.items[0];
  const name = known ? (known.name ?? common('erased')) : '–';
  return (
    <Panel
      title={t('person.title', { name })}
      extra={<Button onClick={() => change({ person: undefined, after: undefined })}>{common('close')}</Button>}
    >
      <dl className="pairs">
        <dt>{t('person.statement')}</dt>
        <dd>
          <Answer query={lines} lines={1}>
            {({ items }) => (
              <>
                {formatAmount(sumAmounts(items.map(({ amount }) => amount)))}
                {items.length > 0 && (
                  <span className="soft">
                    {' '}
                    ({items.map(({ key, amount }) => `${lineName(key, figures, t)} ${formatAmount(amount)}`).join(' · ')})
                  </span>
                )}
              </>
            )}
          </Answer>
        </dd>
        <dt>{t('person.deposit')}</dt>
        <dd>
          <Deposit query={deposit} />
        </dd>
      </dl>
    </Panel>
  );
}

function Deposit({ query }: { readonly query: UseQueryResult<DepositHeld> }): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const me = useMe();
  return (
    <Answer query={query} lines={1}>
      {({ subject, name, held, opening, withheld, released }) => (
        <div className="row">
          <span>{formatAmount(held)}</span>
          <span className="soft">
            {t('person.depositText', {
              opening: formatAmount(opening),
              withheld: formatAmount(withheld),
              released: formatAmount(released),
            })}
          </span>
          {hasRole(me, 'finance', 'hr') && <ReleaseDeposit subject={subject} name={name ?? common('erased')} held={held} />}
        </div>
      )}
    </Answer>
  );
}

function ReleaseDeposit({ subject, name, held }: { readonly subject: string; readonly name: string; readonly held: string }): ReactElement {
  const { t } = useTranslation('payouts');
  const say = useToast();
  const [reason, setReason] = useState('');
  const id = useId();
  const isNothing = !/[1-9]/.test(held);
  const command = useCommand({
    send: (text: string, headers) =>
      bodyOf(api.POST('/api/v1/deposits/{subject}/release', { params: { path: { subject }, header: headers }, body: { reason: text } })),
    touches: [['deposits', subject], ['payouts']],
    onDone: () => say(t('person.released')),
  });
  return (
    <Confirm
      act={t('person.release')}
      blocked={isNothing ? t('person.noDeposit') : undefined}
      ready={reason.trim() !== ''}
      what={
        <div className="stack">
          <p>{t('person.releaseWhat', { name, held: formatAmount(held) })}</p>
          <Field id={id} label={t('person.releaseReason')}>
            <input id={id} className="plain-input" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </div>
      }
      problem={command.error}
      onConfirm={() => command.mutateAsync(reason.trim())}
    />
  );
}
