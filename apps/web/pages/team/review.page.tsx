import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { explainDeadline, Explained } from '../../pieces/explain/explained';
import { Completion } from '../../pieces/figures';
import { formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import { RatingShown } from '../../pieces/rating-field';
import { language } from '../../texts';
import { useDrafts } from './drafts';
import { mainOf } from './main-figure';
import { nameOf } from './people-list';
import { ReviewActs } from './review-acts';
import { ReviewSheet } from './review-sheet';
import { cycleQuery, type Draft, keyOf, missingLines, type Sheet, type Sheets, sheetsQuery, submissionOf } from './sheets';
import './team.css';

const route = getRouteApi('/frame/team/review/$cycleId');

/** A second reviewer looks at what managers gave, and approves it or sends it back: one person, or several at once. */
export function ReviewPage(): ReactElement {
  const { cycleId } = route.useParams();
  const { t } = useTranslation('team');
  const cycle = useQuery(cycleQuery(cycleId));
  const sheets = useQuery(sheetsQuery(cycleId, 'second-review'));
  const due = sheets.data?.items.find(({ dueAt }) => dueAt !== null)?.dueAt ?? null;
  const meta = (
    <span className="row">
      {cycle.data && `${cycle.data.name} · ${formatPeriod(cycle.data.period)}`}
      {due !== null && (
        <Explained of={explainDeadline(cycleId, 'second-review')}>
          <Deadline at={due} />
        </Explained>
      )}
    </span>
  );
  return (
    <Page title={t('review.title')} meta={meta}>
      <Answer query={sheets} lines={10}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('review.empty')} text={t('review.emptyText')} />
          ) : (
            <Reviewing key={cycleId} cycleId={cycleId} sheets={data} />
          )
        }
      </Answer>
    </Page>
  );
}

function Reviewing({ cycleId, sheets: { items, isCut } }: { readonly cycleId: string; readonly sheets: Sheets }): ReactElement {
  const { t } = useTranslation('team');
  const me = useMe();
  const { person } = route.useSearch();
  const change = useChangeAddress();
  const { drafts, set, drop } = useDrafts(`review.${me.subject}.${cycleId}`);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const opened = items.find((sheet) => keyOf(sheet) === person);
  const chosen = items.filter((sheet) => sheet.waits === null && selected.includes(keyOf(sheet)));
  const settle = (done: readonly string[]): void => {
    drop(done);
    setSelected(selected.filter((key) => !done.includes(key)));
  };
  const open = (key: string | undefined): void => change({ person: key }, { replace: true });
  return (
    <>
      {isCut && <div className="note warn">{t('score.cut', { count: items.length })}</div>}
      {opened && (
        <ReviewSheet
          key={keyOf(opened)}
          sheet={opened}
          draft={drafts[keyOf(opened)]}
          onDraft={(draft) => set(keyOf(opened), draft)}
          onDrop={() => drop([keyOf(opened)])}
          onClose={() => open(undefined)}
        >
          {opened.waits === null && <ReviewActs sheets={[opened]} drafts={drafts} onDone={settle} onOpen={open} />}
        </ReviewSheet>
      )}
      <Panel title={t('people.title')} extra={<span className="soft">{t('review.selected', { count: chosen.length })}</span>}>
        <div className="row review-acts">
          <ReviewActs sheets={chosen} drafts={drafts} onDone={settle} onOpen={open} />
          <span className="soft">{t('review.select')}</span>
        </div>
        <DataTable
          label={t('review.title')}
          rows={items}
          rowKey={keyOf}
          columns={columnsOf(t, drafts, open)}
          selection={{ selected, onChange: setSelected }}
          empty={<Empty title={t('review.empty')} />}
        />
      </Panel>
    </>
  );
}

type T = ReturnType<typeof useTranslation<'team'>>['t'];

function columnsOf(t: T, drafts: Readonly<Record<string, Draft>>, open: (key: string) => void): readonly Column<Sheet>[] {
  return [
    {
      key: 'person',
      title: t('column.person'),
      primary: true,
      render: (sheet) => (
        <Button type="link" size="small" onClick={() => open(keyOf(sheet))} aria-label={`${t('review.open')} ${nameOf(sheet, t)}`}>
          {nameOf(sheet, t)}
        </Button>
      ),
    },
    { key: 'team', title: t('column.team'), render: ({ appraisal: { unit } }) => unit.team ?? unit.department },
    { key: 'state', title: t('column.state'), render: (sheet) => <State sheet={sheet} draft={drafts[keyOf(sheet)]} /> },
    {
      key: 'completion',
      title: t('column.completion'),
      number: true,
      render: ({ figures }) => {
        const share = mainOf(figures)?.completion ?? null;
        return share === null ? '–' : <Completion share={share} />;
      },
    },
    { key: 'ratings', title: t('column.ratings'), render: (sheet) => <ManagerRatings sheet={sheet} /> },
  ];
}

function State({ sheet, draft }: { readonly sheet: Sheet; readonly draft: Draft | undefined }): ReactElement {
  const { t } = useTranslation('team');
  return (
    <span className="row">
      {sheet.waits === null && missingLines(sheet, draft).length > 0 && <Mark kind="warn">{t('review.rateFirst')}</Mark>}
      {sheet.waits === null && missingLines(sheet, draft).length === 0 && <Mark kind="run">{t('review.toDo')}</Mark>}
      {sheet.waits === 'done' && <Mark kind="good">{t('filling.done')}</Mark>}
      {sheet.waits !== null && sheet.waits !== 'done' && <Mark kind="plain">{t(`review.waits.${sheet.waits}`)}</Mark>}
      {sheet.task.level !== null && <span className="soft">{t('review.level', { level: sheet.task.level })}</span>}
      {sheet.sentBack.length > 0 && <Mark kind="warn">{t('sentBack.title')}</Mark>}
    </span>
  );
}

/** What the managers gave, in one line. */
function ManagerRatings({ sheet }: { readonly sheet: Sheet }): ReactElement {
  const { t } = useTranslation('team');
  const said = submissionOf(sheet, 'manager-review');
  if (!said?.ratings) return <span className="soft">{t('review.none')}</span>;
  return (
    <span className="row ratings-in-line">
      {sheet.rated.map((line) =>
        said.ratings?.[line.key] === undefined ? null : (
          <span key={line.key}>
            <span className="soft">{line.title[language()]}</span>{' '}
            <RatingShown line={line} given={said.ratings[line.key]} notes={said.notes} />
          </span>
        ),
      )}
    </span>
  );
}
