import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatExact, formatInstant } from '../../pieces/format';
import { Mark, type MarkKind } from '../../pieces/mark';
import { Panel } from '../../pieces/page';

type Report = paths['/api/v1/health']['get']['responses']['200']['content']['application/json'];
type Consumer = Report['consumers'][number];
type Alarm = Report['alarms'][number];

const AGAIN_MS = 5_000;

/** Each part of the product that follows the history: how far it is, what it stumbled over. */
export function Health(): ReactElement {
  const { t } = useTranslation('admin');
  const report = useQuery({ queryKey: ['health'], refetchInterval: AGAIN_MS, queryFn: () => bodyOf(api.GET('/api/v1/health')) });
  return (
    <Answer query={report} lines={10}>
      {({ ok, position, consumers, alarms }) => (
        <>
          <Panel>
            <div className="row">
              <Mark kind={ok ? 'good' : 'bad'}>{ok ? t('health.ok') : t('health.notOk')}</Mark>
              <span>
                {t('health.head')}: {t('health.headText', { position: formatExact(position) })}
              </span>
              <span className="soft">{t('health.every')}</span>
            </div>
          </Panel>
          <Panel title={t('health.alarms')}>
            <Alarms alarms={alarms} />
          </Panel>
          <Panel title={t('health.consumers')}>
            <Consumers consumers={consumers} />
          </Panel>
        </>
      )}
    </Answer>
  );
}

const KINDS: Readonly<Record<Consumer['state'], MarkKind>> = {
  following: 'good',
  building: 'run',
  parked: 'bad',
  'other-epoch': 'bad',
  'ahead-of-log': 'bad',
};

function Consumers({ consumers }: { readonly consumers: readonly Consumer[] }): ReactElement {
  const { t } = useTranslation('admin');
  const columns: readonly Column<Consumer>[] = [
    { key: 'name', title: t('health.name'), primary: true, render: ({ name, version }) => `${name} · v${version}` },
    { key: 'kind', title: t('health.kind'), render: ({ kind }) => <Kind of={kind} /> },
    { key: 'state', title: t('health.state'), render: (one) => <State of={one} /> },
    { key: 'behind', title: t('health.behind'), number: true, render: ({ behind }) => t('health.entries', { count: behind }) },
    { key: 'at', title: t('health.at'), number: true, render: ({ position }) => formatExact(position) },
    { key: 'rejections', title: t('health.rejections'), number: true, render: ({ rejections }) => formatExact(rejections) },
    { key: 'last', title: t('health.lastRejection'), render: ({ lastRejection }) => lastRejection && <code>{lastRejection}</code> },
  ];
  return (
    <DataTable
      label={t('health.consumers')}
      rows={consumers}
      rowKey={({ name, role, version }) => `${name} ${role} ${version}`}
      columns={columns}
      isWhole
      empty={<Empty title={t('health.none')} />}
    />
  );
}

function Kind({ of }: { readonly of: string }): ReactElement {
  const { t } = useTranslation('admin');
  const known = (['projection', 'reactor', 'bridge'] as const).find((one) => one === of);
  return <>{known ? t(`health.kinds.${known}`) : of}</>;
}

function State({ of: { state, parked } }: { readonly of: Consumer }): ReactElement {
  const { t } = useTranslation('admin');
  return (
    <>
      <Mark kind={KINDS[state]}>{t(`health.states.${state}`)}</Mark>
      {parked && (
        <div className="soft">
          {t('health.parked', {
            position: parked.position,
            type: parked.type,
            code: parked.code,
            attempts: parked.attempts,
            retryAt: formatInstant(parked.retryAt),
          })}
        </div>
      )}
    </>
  );
}

function Alarms({ alarms }: { readonly alarms: readonly Alarm[] }): ReactElement {
  const { t } = useTranslation('admin');
  const columns: readonly Column<Alarm>[] = [
    { key: 'stream', title: t('health.stream'), primary: true, render: ({ streamId }) => <code>{streamId}</code> },
    { key: 'route', title: t('health.route'), render: ({ route }) => route },
    { key: 'code', title: t('health.code'), render: ({ code }) => <code>{code}</code> },
    { key: 'position', title: t('health.at'), number: true, render: ({ position }) => formatExact(position) },
    { key: 'at', title: t('health.raisedAt'), render: ({ raisedAt }) => formatInstant(raisedAt) },
  ];
  return (
    <DataTable
      label={t('health.alarms')}
      rows={alarms}
      rowKey={({ streamId, route, position }) => `${streamId} ${route} ${position}`}
      columns={columns}
      isWhole
      empty={<Empty title={t('health.noAlarms')} text={t('health.noAlarmsText')} />}
    />
  );
}
