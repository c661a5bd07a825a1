import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../../api/client';
import { useCommand } from '../../../api/command';
import { hasRole, useMe } from '../../../app/session';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Confirm } from '../../../pieces/confirm';
import { type Column, DataTable } from '../../../pieces/data-table';
import { Empty } from '../../../pieces/empty';
import { Mark } from '../../../pieces/mark';
import { Panel } from '../../../pieces/page';
import { useToast } from '../../../pieces/toast';
import { language } from '../../../texts';
import { Choices } from '../choices';
import { roleWord } from '../owed-list';
import { type Cycle, type Findings, findingsQuery } from '../queries';

type WithErrors =
  paths['/api/v1/cycles/{cycleId}/findings/errors']['get']['responses']['200']['content']['application/json']['items'][number];
type Waiting =
  paths['/api/v1/cycles/{cycleId}/findings/waiting']['get']['responses']['200']['content']['application/json']['items'][number];
type ErrorInWords = components['schemas']['ErrorInWords'];

/** What has to be known before results come out: errors, groups, and who is waited for. */
export function FindingsView({ cycle }: { readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('cycles');
  const { list } = useAddress();
  const change = useChangeAddress();
  const query = useQuery(findingsQuery(cycle.cycleId));
  const shown = list === 'waiting' ? 'waiting' : 'errors';
  return (
    <>
      <Panel title={t('cycle.tabs.findings')}>
        <Answer query={query}>{(findings) => <Overview findings={findings} />}</Answer>
      </Panel>
      <Panel title={t('findings.list')}>
        <Choices
          label={t('findings.list')}
          chosen={shown}
          options={[
            { key: 'errors', label: t('findings.listErrors') },
            { key: 'waiting', label: t('findings.listWaiting') },
          ]}
          onChoose={(next) => change({ list: next, after: undefined })}
        />
        {shown === 'errors' ? <WithErrorsList cycle={cycle} /> : <WaitingList cycle={cycle} />}
      </Panel>
    </>
  );
}

function Overview({ findings: { members, waiting, withErrors, errors, groups } }: { readonly findings: Findings }): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <>
      <dl className="figures">
        <div>
          <dt>{t('findings.members')}</dt>
          <dd>{members}</dd>
        </div>
        <div>
          <dt>{t('findings.waiting')}</dt>
          <dd>{waiting}</dd>
        </div>
        <div>
          <dt>{t('findings.withErrors')}</dt>
          <dd>{withErrors}</dd>
        </div>
      </dl>
      {errors.length > 0 && (
        <>
          <h3 style={{ marginTop: 16 }}>{t('findings.errors')}</h3>
          <ul className="cards">
            {errors.map((error) => (
              <li key={`${error.code} ${error.key}`}>
                <span className="row">
                  <Mark kind="bad">{t('people', { count: error.people })}</Mark>
                  <ErrorWords error={error} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 style={{ marginTop: 16 }}>{t('findings.groups')}</h3>
      {groups.length === 0 ? (
        <p className="soft">{t('findings.noGroups')}</p>
      ) : (
        <ul className="cards">
          {groups.map(({ code, grade, department, sentence }) => (
            <li key={`${code} ${grade} ${department ?? ''}`}>
              <Mark kind="warn">{department ?? t('spread.wholeCycle')}</Mark> {sentence[language()]}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function ErrorWords({ error: { title, sentence, concerns } }: { readonly error: ErrorInWords }): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <span>
      {title[language()]}: {sentence[language()]}
      {concerns.length > 0 && (
        <span className="soft">
          {' '}
          {t('findings.concerns')}: {concerns.map((one) => one.title[language()]).join(', ')}
        </span>
      )}
    </span>
  );
}

function WithErrorsList({ cycle }: { readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const { after } = useAddress();
  const { cycleId } = cycle;
  const isHr = hasRole(useMe(), 'hr');
  const query = useQuery({
    queryKey: ['cycles', cycleId, 'findings', 'errors', after],
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/cycles/{cycleId}/findings/errors', { params: { path: { cycleId }, query: after === undefined ? {} : { after } } }),
      ),
  });
  const columns: readonly Column<WithErrors>[] = [
    { key: 'person', title: t('findings.person'), primary: true, render: ({ name }) => name ?? common('erased') },
    {
      key: 'errors',
      title: t('findings.error'),
      render: ({ errors }) => (
        <ul className="plain-list">
          {errors.map((error) => (
            <li key={`${error.code} ${error.key}`}>
              <ErrorWords error={error} />
            </li>
          ))}
        </ul>
      ),
    },
    ...(isHr ? [{ key: 'act', title: '', render: (row: WithErrors) => <Repair cycle={cycle} person={row} /> }] : []),
  ];
  return (
    <Answer query={query}>
      {({ items, next }) => (
        <DataTable
          label={t('findings.listErrors')}
          rows={items}
          rowKey={({ appraisalId }) => appraisalId}
          columns={columns}
          next={next}
          empty={<Empty title={t('findings.noErrors')} text={t('findings.noErrorsText')} />}
        />
      )}
    </Answer>
  );
}

function WaitingList({ cycle }: { readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const { after } = useAddress();
  const { cycleId } = cycle;
  const isHr = hasRole(useMe(), 'hr');
  const query = useQuery({
    queryKey: ['cycles', cycleId, 'findings', 'waiting', after],
    queryFn: () =>
      bodyOf(
        api.GET('/api/v1/cycles/{cycleId}/findings/waiting', {
          params: { path: { cycleId }, query: after === undefined ? {} : { after } },
        }),
      ),
  });
  const columns: readonly Column<Waiting>[] = [
    { key: 'person', title: t('findings.person'), primary: true, render: ({ name }) => name ?? common('erased') },
    {
      key: 'reason',
      title: t('findings.reason'),
      render: ({ reason, step }) => (
        <Mark kind={reason === 'on-hold' ? 'bad' : 'plain'}>
          {t(`findings.reasons.${reason}`, { step: step === null ? '' : t(`phase.${step}`) })}
        </Mark>
      ),
    },
    {
      key: 'by',
      title: t('findings.reviewer'),
      render: ({ step, role }) =>
        step === 'self-review'
          ? t('owed.self')
          : role === null
            ? step === null
              ? '–'
              : t(`phase.${step}`)
            : t('owed.byRole', { role: roleWord(role, common) }),
    },
    ...(isHr && cycle.published ? [{ key: 'act', title: '', render: (row: Waiting) => <Repair cycle={cycle} person={row} /> }] : []),
  ];
  return (
    <Answer query={query}>
      {({ items, next }) => (
        <DataTable
          label={t('findings.listWaiting')}
          rows={items}
          rowKey={({ appraisalId }) => appraisalId}
          columns={columns}
          next={next}
          empty={<Empty title={t('findings.noWaiting')} text={t('findings.noWaitingText')} />}
        />
      )}
    </Answer>
  );
}

interface ToRepair {
  readonly appraisalId: string;
  readonly name: string | null;
}

/** Before publication a result is scored again; afterwards it is published late, which scores it first. */
function Repair({ cycle, person }: { readonly cycle: Cycle; readonly person: ToRepair }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const say = useToast();
  const kind = cycle.published ? 'publish-late' : 'score-again';
  const name = person.name ?? common('erased');
  const words = kind === 'score-again' ? 'again' : 'late';
  const act = useCommand({
    send: (appraisalId: string, header) =>
      bodyOf(api.POST('/api/v1/appraisals/{appraisalId}/acts', { params: { path: { appraisalId }, header }, body: { kind } })),
    touches: [['cycles', cycle.cycleId]],
    onDone: () => say(t(`findings.${words}Done`, { name })),
  });
  return (
    <Confirm
      act={t(`findings.${words}`)}
      what={<p>{t(`findings.${words}What`, { name })}</p>}
      blocked={cycle.status === 'running' ? undefined : t('acts.notRunning')}
      problem={act.error}
      onConfirm={() => act.mutateAsync(person.appraisalId)}
    />
  );
}
