import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatInstant } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { type Look, looksQuery } from './audit-queries';

const route = getRouteApi('/frame/audit');

/** Who looked at what and why: each look at a timeline or at two moments is an event of its own. */
export function Looks(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { before, looked } = route.useSearch();
  const query = useQuery(looksQuery(before, looked));
  const columns = useColumns();
  return (
    <Panel title={t('looks.title')} extra={<Filter key={looked ?? ''} about={looked ?? ''} />}>
      <Answer query={query}>
        {({ items, next }) => (
          <>
            <DataTable
              label={t('looks.title')}
              rows={items}
              rowKey={({ position }) => String(position)}
              columns={columns}
              empty={<Empty title={t('looks.none')} text={t('looks.noneText')} />}
            />
            <div className="row">
              {before !== undefined && <Button onClick={() => change({ before: undefined })}>{t('timeline.latest')}</Button>}
              {next !== null && <Button onClick={() => change({ before: String(next) })}>{t('timeline.earlier')}</Button>}
            </div>
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Filter({ about }: { readonly about: string }): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const [text, setText] = useState(about);
  const id = useId();
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        change({ looked: text.trim() === '' ? undefined : text.trim(), before: undefined });
      }}
    >
      <label htmlFor={id}>{t('looks.filter')}</label>
      <input
        id={id}
        className="plain-input"
        style={{ width: 260, maxWidth: '100%' }}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit" disabled={text.trim() !== '' && text.trim().length < 8}>
        {t('looks.apply')}
      </Button>
    </form>
  );
}

function useColumns(): readonly Column<Look>[] {
  const { t } = useTranslation('audit');
  const { t: common } = useTranslation('common');
  return [
    { key: 'when', title: t('looks.when'), primary: true, render: ({ readAt }) => formatInstant(readAt, { seconds: true }) },
    { key: 'who', title: t('looks.who'), render: ({ auditorName }) => auditorName ?? common('erased') },
    { key: 'question', title: t('looks.question'), render: (look) => <Question look={look} /> },
    {
      key: 'about',
      title: t('looks.about'),
      render: ({ about, aboutName }) => (
        <span>
          {aboutName !== null && <>{aboutName} </>}
          <About about={about} />
        </span>
      ),
    },
    { key: 'reason', title: t('looks.reason'), render: ({ reason }) => reason ?? <span className="soft">{t('looks.noReason')}</span> },
  ];
}

/** A word of the looks; undefined where there is none, e.g. for what a newer version recorded. */
function useWord(): (table: 'operations' | 'things', key: string) => string | undefined {
  const { i18n } = useTranslation('audit');
  return (table, key) => {
    const found: unknown = i18n.getResource(i18n.language, 'audit', `looks.${table}.${key.replace('.', '_')}`);
    return typeof found === 'string' ? found : undefined;
  };
}

function Question({ look: { question, operation } }: { readonly look: Look }): ReactElement {
  const { t } = useTranslation('audit');
  const word = useWord();
  return (
    <>
      {t(`looks.questions.${question}`)}
      {operation !== null && ` · ${word('operations', operation) ?? operation}`}
    </>
  );
}

function About({ about }: { readonly about: string }): ReactElement {
  const known = useWord()('things', about);
  if (known !== undefined) return <span className="soft">{known}</span>;
  return (
    <code className="soft" style={{ overflowWrap: 'anywhere' }}>
      {about}
    </code>
  );
}
