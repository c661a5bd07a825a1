import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatInstant } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { type Look, looksQuery } from './audit-queries';
import { FindPerson } from './find-person';

const route = getRouteApi('/frame/audit');
/** Of an id beside a name: enough to tell it from others. */
const SHORT = 8;

/** Who looked at what and why: each look at a timeline or at two moments is an event of its own. */
export function Looks(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { before, looked } = route.useSearch();
  const query = useQuery(looksQuery(before, looked));
  const columns = useColumns();
  return (
    <Panel title={t('looks.title')}>
      <Filter />
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

/** Looks at one person: everything that was looked at and names them. */
function Filter(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { looked, lookedAs } = route.useSearch();
  if (looked === undefined) {
    return (
      <FindPerson act={t('looks.apply')} onChoose={(subject, name) => change({ looked: subject, lookedAs: name, before: undefined })} />
    );
  }
  return (
    <div className="row">
      <span>
        {t('looks.filter')} <strong>{lookedAs ?? <code>{looked}</code>}</strong>
      </span>
      <Button size="small" onClick={() => change({ looked: undefined, lookedAs: undefined, before: undefined })}>
        {t('looks.clear')}
      </Button>
    </div>
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
          <About about={about} isNamed={aboutName !== null} />
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

/** Where the name is known the id is only there to be asked for. */
function About({ about, isNamed }: { readonly about: string; readonly isNamed: boolean }): ReactElement {
  const known = useWord()('things', about);
  if (known !== undefined) return <span className="soft">{known}</span>;
  return (
    <code className="soft" style={{ overflowWrap: 'anywhere' }} title={about}>
      {isNamed ? `${about.slice(0, SHORT)}…` : about}
    </code>
  );
}
