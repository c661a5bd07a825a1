import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { formatAmount, formatDifference, formatPeriod } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { PersonNumbers } from './person-numbers';
import type { Question } from './rehearse';

type Row = components['schemas']['RehearsalRow'] & { readonly number: number };
const PAGE = 50;

/** Each person's difference. Nobody is named: a try-out is about a scheme, not about people. */
export function TrialPeople({ question }: { readonly question: Question }): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  // The question is no address, so its pages are none either.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const after = cursors.at(-1);
  const [numbers] = useState(() => new PersonNumbers());
  const visit = useId();
  const query = useQuery({
    // Numbers are those of this visit, so its pages are, too.
    queryKey: ['rehearsal-people', visit, question, after ?? ''],
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const page = await bodyOf(
        api.POST('/api/v1/schemes/rehearsals/people', {
          params: { query: { limit: PAGE, ...(after === undefined ? {} : { after }) } },
          body: question,
          signal,
        }),
      );
      return { ...page, items: page.items.map((row): Row => ({ ...row, number: numbers.of(row.subject) })) };
    },
  });
  return (
    <Panel title={t('try.byPerson')}>
      <p className="soft">{t('try.byPersonWhat')}</p>
      <Answer query={query}>
        {({ items, next }) => (
          <>
            <DataTable
              label={t('try.byPerson')}
              rows={items}
              rowKey={(row) => `${row.period} ${row.subject}`}
              columns={columnsOf(
                t,
                items.some(({ difference }) => difference.pay !== null),
              )}
              empty={<p className="soft">{t('try.nobody')}</p>}
            />
            <div className="row" style={{ justifyContent: 'flex-end', marginTop: 8 }}>
              {cursors.length > 0 && <Button onClick={() => setCursors(cursors.slice(0, -1))}>{t('common:back')}</Button>}
              {next !== undefined && <Button onClick={() => setCursors([...cursors, next])}>{t('common:nextPage')}</Button>}
            </div>
          </>
        )}
      </Answer>
    </Panel>
  );
}

type T = ReturnType<typeof useTranslation<['schemes', 'common']>>['t'];
const NONE = '—';

/** Pay of single people comes for whoever may read it. */
function columnsOf(t: T, hasPay: boolean): readonly Column<Row>[] {
  return [
    {
      key: 'person',
      title: t('try.person'),
      primary: true,
      render: ({ subject, number }) => (
        <span className="nowrap" title={subject}>
          {t('try.personNumber', { number })}
        </span>
      ),
    },
    { key: 'period', title: t('common:period'), render: ({ period }) => formatPeriod(period) },
    { key: 'unit', title: t('try.unit'), render: ({ department, team }) => [department, team].filter((part) => part !== null).join(' · ') },
    { key: 'before', title: t('try.scoreBefore'), number: true, render: ({ published }) => amount(published?.score) },
    {
      key: 'after',
      title: t('try.scoreAfter'),
      number: true,
      render: (row) =>
        row.draft.errors.length > 0 ? row.draft.errors.map(({ code, key }) => `${code} ${key}`).join(', ') : amount(row.draft.score),
    },
    { key: 'score', title: t('try.scoreDifference'), number: true, render: ({ difference }) => signed(difference.score) },
    { key: 'grade', title: t('try.grade'), render: ({ published, draft }) => `${published?.grade ?? NONE} → ${draft.grade ?? NONE}` },
    ...(hasPay
      ? [{ key: 'pay', title: t('try.payDifference'), number: true, render: ({ difference }: Row) => signed(difference.pay) }]
      : []),
    {
      key: 'places',
      title: t('try.places'),
      number: true,
      render: ({ difference }) => (difference.places === null ? NONE : String(difference.places)),
    },
  ];
}

function amount(value: string | null | undefined): string {
  return value === null || value === undefined ? NONE : formatAmount(value);
}

function signed(value: string | null): string {
  return value === null ? NONE : formatDifference(value);
}
