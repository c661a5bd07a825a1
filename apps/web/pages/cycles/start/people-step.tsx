import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Choices } from '../choices';
import { type Column, DataTable } from '../../../pieces/data-table';
import { Empty } from '../../../pieces/empty';
import { Panel } from '../../../pieces/page';
import type { ExclusionReason, Preview, PreviewPerson, StartInput } from '../queries';
import type { StartForm } from './input';
import { previewPeopleQuery } from './preview';
import { PreviewProblems } from './preview-problems';
import { ScopeFields } from './scope-fields';
import { SetAsideButton } from './set-aside';

export interface PeopleStepProps {
  readonly form: StartForm;
  readonly input: StartInput;
  readonly preview: UseQueryResult<Preview>;
}

/** Who is in, and who is not and why. */
export function PeopleStep({ form, input, preview }: PeopleStepProps): ReactElement {
  const { t } = useTranslation('cycles');
  const { which } = useAddress();
  const change = useChangeAddress();
  const shown = which === 'out' ? 'out' : 'in';
  return (
    <>
      <Panel title={t('start.scope')}>
        <ScopeFields named={input.scope?.subjects?.length ?? 0} />
      </Panel>
      <Panel title={t('start.steps.people')}>
        <Answer query={preview}>
          {({ members, excluded, errors }) => (
            <>
              <PreviewProblems errors={errors} />
              <Choices
                label={t('start.which')}
                chosen={shown}
                onChoose={(next) => change({ which: next, reason: undefined, after: undefined })}
                options={[
                  { key: 'in', label: t('start.whichIn', { count: members }) },
                  { key: 'out', label: t('start.whichOut', { count: excluded.reduce((sum, { count }) => sum + count, 0) }) },
                ]}
              />
              {shown === 'out' && <ReasonFilter excluded={excluded} />}
            </>
          )}
        </Answer>
        <People form={form} input={input} which={shown} />
      </Panel>
    </>
  );
}

function ReasonFilter({ excluded }: { readonly excluded: Preview['excluded'] }): ReactElement {
  const { t } = useTranslation('cycles');
  const { reason } = useAddress();
  const change = useChangeAddress();
  return (
    <p>
      <select
        className="plain-select"
        aria-label={t('start.reason')}
        value={reason ?? ''}
        onChange={(event) => change({ reason: event.target.value || undefined, after: undefined })}
      >
        <option value="">{t('start.anyReason')}</option>
        {excluded.map((one) => (
          <option key={one.reason} value={one.reason}>
            {t(`exclusion.${one.reason}`)} ({one.count})
          </option>
        ))}
      </select>
    </p>
  );
}

const REASONS: readonly ExclusionReason[] = [
  'not-in-scope',
  'no-manager',
  'not-employed-in-period',
  'left',
  'in-other-cycle',
  'paid-in-other-period',
  'set-aside-by-hr',
];

function People({
  form,
  input,
  which,
}: {
  readonly form: StartForm;
  readonly input: StartInput;
  readonly which: 'in' | 'out';
}): ReactElement {
  const { t } = useTranslation('cycles');
  const { after, reason } = useAddress();
  const known = which === 'out' ? REASONS.find((one) => one === reason) : undefined;
  const query = useQuery(
    previewPeopleQuery(input, { which, ...(known === undefined ? {} : { reason: known }), ...(after === undefined ? {} : { after }) }),
  );
  const columns = useColumns(form, which);
  return (
    <Answer query={query} lines={8}>
      {({ items, next }) => (
        <DataTable
          label={which === 'in' ? t('start.peopleIn') : t('start.peopleOut')}
          rows={items}
          rowKey={({ subject }) => subject}
          columns={columns}
          next={next}
          empty={
            which === 'in' ? (
              <Empty title={t('start.nobodyIn')} text={t('start.nobodyInText')} />
            ) : (
              <Empty title={t('start.nobodyOut')} text={t('start.nobodyOutText')} />
            )
          }
        />
      )}
    </Answer>
  );
}

function useColumns(form: StartForm, which: 'in' | 'out'): readonly Column<PreviewPerson>[] {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const aside = new Map(form.setAside.map(({ subject, reason }) => [subject, reason]));
  const reasonOf = ({ subject, reason }: PreviewPerson): string => {
    const given = reason === 'set-aside-by-hr' ? aside.get(subject) : undefined;
    const words = reason === null ? '' : t(`exclusion.${reason}`);
    return given === undefined ? words : `${words}: ${given}`;
  };
  return [
    { key: 'name', title: t('start.person'), primary: true, render: ({ name }) => name ?? common('erased') },
    { key: 'number', title: common('employeeNo'), render: ({ employeeNo }) => employeeNo },
    { key: 'department', title: t('start.department'), render: ({ department }) => department },
    { key: 'team', title: t('start.team'), render: ({ team }) => team },
    { key: 'region', title: t('start.region'), render: ({ region }) => region },
    ...(which === 'out' ? [{ key: 'reason', title: t('start.reason'), render: reasonOf }] : []),
    { key: 'act', title: '', render: (person) => <SetAsideButton form={form} person={person} /> },
  ];
}
