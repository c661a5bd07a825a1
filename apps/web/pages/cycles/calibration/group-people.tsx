import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../../api/client';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { type Column, DataTable } from '../../../pieces/data-table';
import { Empty } from '../../../pieces/empty';
import { explainScore, Explained } from '../../../pieces/explain/explained';
import { formatAmount } from '../../../pieces/format';
import { Mark } from '../../../pieces/mark';
import { Panel } from '../../../pieces/page';
import { Choices } from '../choices';
import { useGradeName } from '../grades-table';
import { asOfOf, type GradeGroup } from '../queries';

type Person = components['schemas']['PersonByScore'];
const CARDS = 200;
const STATE_KIND = { open: 'plain', scored: 'run', published: 'good', final: 'good', cancelled: 'bad' } as const;

/** The people of a group by score: as a table, or by grade. */
export function GroupPeople({ cycleId, group }: { readonly cycleId: string; readonly group: GradeGroup }): ReactElement {
  const { t } = useTranslation('cycles');
  const { show, after, grade, asOf } = useAddress();
  const change = useChangeAddress();
  const asCards = show === 'cards';
  const asked = {
    ...(group.department === null ? {} : { department: group.department }),
    ...(grade === undefined || asCards ? {} : { grade }),
    ...(after === undefined || asCards ? {} : { after }),
    ...asOfOf(asOf),
    limit: asCards ? CARDS : 50,
  };
  const query = useQuery({
    queryKey: ['cycles', cycleId, 'by-score', asked],
    placeholderData: keepPreviousData,
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/by-score', { params: { path: { cycleId }, query: asked } })),
  });
  return (
    <Panel title={t('calibration.people')} extra={asCards ? undefined : <GradeField group={group} />}>
      <Choices
        label={t('calibration.view')}
        chosen={asCards ? 'cards' : 'table'}
        options={[
          { key: 'table', label: t('calibration.asTable') },
          { key: 'cards', label: t('calibration.asCards') },
        ]}
        onChoose={(next) => change({ show: next === 'cards' ? 'cards' : undefined, after: undefined })}
      />
      <Answer query={query} lines={8}>
        {({ items, next }) =>
          asCards ? (
            <>
              <ByGrade people={items} group={group} />
              {next !== undefined && <p className="soft">{t('calibration.firstOnly', { count: items.length })}</p>}
            </>
          ) : (
            <People people={items} next={next} group={group} />
          )
        }
      </Answer>
    </Panel>
  );
}

function GradeField({ group }: { readonly group: GradeGroup }): ReactElement {
  const { t } = useTranslation('cycles');
  const nameOf = useGradeName();
  const { grade } = useAddress();
  const change = useChangeAddress();
  return (
    <select
      className="plain-select"
      aria-label={t('calibration.grade')}
      value={grade ?? ''}
      onChange={(event) => change({ grade: event.target.value || undefined, after: undefined })}
    >
      <option value="">{t('calibration.anyGrade')}</option>
      {group.grades.map((one) =>
        one.grade === null ? null : (
          <option key={one.grade} value={one.grade}>
            {nameOf(one)} ({one.have})
          </option>
        ),
      )}
    </select>
  );
}

function People({
  people,
  next,
  group,
}: {
  readonly people: readonly Person[];
  readonly next: string | undefined;
  readonly group: GradeGroup;
}): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const gradeOf = useGradeOf(group);
  const columns: readonly Column<Person>[] = [
    { key: 'name', title: t('calibration.name'), primary: true, render: ({ name }) => name ?? common('erased') },
    {
      key: 'team',
      title: t('calibration.team'),
      render: ({ department, team }) => [...new Set([department, team])].filter((one) => one !== null).join(' · '),
    },
    { key: 'grade', title: t('calibration.grade'), render: gradeOf },
    { key: 'score', title: t('calibration.score'), number: true, render: (person) => <Score person={person} /> },
    {
      key: 'state',
      title: t('calibration.state'),
      render: ({ status, errors }) => (
        <span className="row">
          <Mark kind={STATE_KIND[status]}>{t(`calibration.appraisal.${status}`)}</Mark>
          {errors > 0 && <Mark kind="bad">{t('calibration.errors')}</Mark>}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={t('calibration.peopleList')}
      rows={people}
      rowKey={({ appraisalId }) => appraisalId}
      columns={columns}
      next={next}
      empty={<Empty title={t('calibration.emptyPeople')} text={t('calibration.emptyPeopleText')} />}
    />
  );
}

function useGradeOf(group: GradeGroup): (person: Person) => string {
  const nameOf = useGradeName();
  return ({ grade }) => {
    const found = group.grades.find((one) => one.grade === grade);
    return found ? nameOf(found) : (grade ?? '–');
  };
}

function Score({ person: { appraisalId, score } }: { readonly person: Person }): ReactElement {
  const { t } = useTranslation('cycles');
  if (score === null) return <span className="soft">{t('calibration.notScored')}</span>;
  return <Explained of={explainScore(appraisalId)}>{formatAmount(score)}</Explained>;
}

function ByGrade({ people, group }: { readonly people: readonly Person[]; readonly group: GradeGroup }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const nameOf = useGradeName();
  return (
    <div className="grade-columns">
      {group.grades.map((grade) => (
        <section key={grade.grade ?? ''} className="panel" aria-label={nameOf(grade)}>
          <h3>
            {nameOf(grade)} <span className="soft">{t('people', { count: grade.have })}</span>
          </h3>
          <ul>
            {people
              .filter((person) => person.grade === grade.grade)
              .map((person) => (
                <li key={person.appraisalId}>
                  <span>{person.name ?? common('erased')}</span>
                  <span className="number">
                    <Score person={person} />
                  </span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
