import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { asDecimalText } from '../../pieces/decimals';
import { Empty } from '../../pieces/empty';
import { Panel } from '../../pieces/page';
import { type RatingLine, ratingProblem } from '../../pieces/rating';
import { useToast } from '../../pieces/toast';
import { language } from '../../texts';

type Row = Readonly<Record<string, string>>;
const MOST = 500;

/** Answers of customers from a survey: a row each, without names. */
export function CustomersTask({ appraisalId }: { readonly appraisalId: string }): ReactElement {
  const { t } = useTranslation('team');
  const lines = useQuery({
    queryKey: ['appraisals', appraisalId, 'rating-lines'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/rating-lines', { params: { path: { appraisalId } } })),
  });
  return (
    <Panel>
      <p>{t('customers.text')}</p>
      <Answer query={lines}>
        {({ items }) => {
          const asked = items.find(({ group }) => group === 'customers')?.lines ?? [];
          return asked.length === 0 ? (
            <Empty title={t('tasks.nothing')} text={t('tasks.nothingText')} />
          ) : (
            <Rows appraisalId={appraisalId} lines={asked} />
          );
        }}
      </Answer>
    </Panel>
  );
}

function Rows({ appraisalId, lines }: { readonly appraisalId: string; readonly lines: readonly RatingLine[] }): ReactElement {
  const { t } = useTranslation('team');
  const say = useToast();
  const [rows, setRows] = useState<readonly Row[]>([{}]);
  const command = useCommand({
    send: (answers: readonly Row[], header) =>
      bodyOf(
        api.POST('/api/v1/appraisals/{appraisalId}/customer-answers', {
          params: { path: { appraisalId }, header },
          body: { rows: answers.map((row) => Object.fromEntries(lines.map(({ key }) => [key, asDecimalText(row[key] ?? '')]))) },
        }),
      ),
    touches: [['appraisals', appraisalId], ['todo']],
    onDone: () => {
      setRows([{}]);
      say(t('customers.sent'));
    },
  });
  const set = (at: number, key: string, value: string): void =>
    setRows(rows.map((row, index) => (index === at ? { ...row, [key]: value } : row)));
  const isReady = rows.every((row) => lines.every((line) => ratingProblem(line, row[line.key]) === undefined));
  return (
    <div className="stack">
      {rows.map((row, at) => (
        <fieldset key={at} className="customer-row">
          <legend>{t('customers.row', { number: at + 1 })}</legend>
          {lines.map((line) => (
            <label key={line.key} className="field">
              {line.title[language()]}
              <input
                className="plain-input rating-number"
                inputMode="decimal"
                autoComplete="off"
                value={row[line.key] ?? ''}
                onChange={(event) => set(at, line.key, event.target.value)}
              />
            </label>
          ))}
          {rows.length > 1 && (
            <Button
              size="small"
              onClick={() => setRows(rows.filter((_, index) => index !== at))}
              aria-label={`${t('customers.remove')} ${t('customers.row', { number: at + 1 })}`}
            >
              {t('customers.remove')}
            </Button>
          )}
        </fieldset>
      ))}
      <div className="row">
        {rows.length < MOST && <Button onClick={() => setRows([...rows, {}])}>{t('customers.add')}</Button>}
        <Confirm
          primary
          act={t('customers.send', { count: rows.length })}
          what={t('customers.text')}
          blocked={isReady ? undefined : t('customers.incomplete')}
          onConfirm={() => command.mutateAsync(rows)}
          problem={command.error}
        />
      </div>
    </div>
  );
}
